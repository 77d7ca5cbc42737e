package shop.checkout.inventory.stock;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;
import shop.checkout.contract.checkout.CheckoutCompleted;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.inventory.ReserveInventory;
import shop.checkout.contract.inventory.ReserveInventory.OutOfStock;
import shop.checkout.contract.inventory.ReserveInventory.UnknownSku;
import shop.checkout.contract.inventory.Restock;
import shop.checkout.contract.inventory.Restock.Restocked;
import shop.checkout.inventory.stock.Movement.Kind;
import shop.checkout.inventory.stock.Reservation.Blocked;
import shop.checkout.inventory.stock.Reservation.Refused;
import shop.checkout.inventory.stock.Reservation.Released;
import shop.checkout.inventory.stock.Reservation.Reserved;
import shop.checkout.inventory.stock.Reservation.Returned;
import shop.checkout.inventory.stock.Reservation.Sold;
import shop.checkout.message.MessageKey;
import shop.checkout.message.Undone;
import shop.checkout.participant.Answer;

/**
 * The shelves and reservations that a batch is about, in memory; every rule about them is here. Commands may come twice and
 * in any order: an order's goods are set aside at most once, never after they were released, and come back at most once.
 */
final class Shelves {

    private final SortedMap<Sku, Shelf> shelves = new TreeMap<>();
    private final Map<OrderId, Standing> standings;
    private final SortedMap<Sku, Shelf> touched = new TreeMap<>();
    private final Set<OrderId> loaded;
    private final Map<OrderId, Standing> changed = new LinkedHashMap<>();
    private final List<Movement> movements = new ArrayList<>();

    /**
     * @param shelves those of every product that the batch or its orders' reservations name, as far as they exist
     * @param standings of the batch's orders, as far as they exist
     */
    Shelves(Collection<Shelf> shelves, Map<OrderId, Standing> standings) {
        shelves.forEach(shelf -> this.shelves.put(shelf.sku(), shelf));
        this.standings = new LinkedHashMap<>(standings);
        this.loaded = Set.copyOf(standings.keySet());
    }

    /** @throws IllegalStateException when an attempt begins before the one before is undone: a person has to look */
    Answer<ReserveInventory.Reply> reserve(ReserveInventory command, MessageKey key) {
        if (isPast(command.orderId(), key)) {
            return Answer.superseded();
        }
        return switch (inAttempt(command.orderId(), key)) {
            case null -> Answer.now(reserveFirst(command, key));
            case Reserved(var goods) -> Answer.now(reservedBefore(command, goods));
            case Sold(var goods) -> Answer.now(reservedBefore(command, goods));
            case Returned(var goods) -> Answer.now(reservedBefore(command, goods));
            case Refused(var answer) -> Answer.now(answer);
            case Released _, Blocked _ -> Answer.superseded();
        };
    }

    /** @throws IllegalStateException when the goods are sold: somebody undoes a completed checkout, a person has to look */
    Answer<Undone> release(ReleaseInventory command, MessageKey key) {
        var orderId = command.orderId();
        if (isPast(orderId, key)) {
            return Answer.now(new Undone());
        }
        switch (inAttempt(orderId, key)) {
            case null -> change(orderId, new Standing(key.attempt(), new Blocked()));
            case Refused _ -> change(orderId, new Standing(key.attempt(), new Blocked()));
            case Reserved(var goods) -> {
                move(goods, Kind.RELEASE, key);
                change(orderId, new Standing(key.attempt(), new Released(goods)));
            }
            case Released _, Blocked _ -> {}
            case Sold _, Returned _ ->
                throw new IllegalStateException(key + ": order " + orderId + " is sold, not to be released");
        }
        return Answer.now(new Undone());
    }

    /** @throws IllegalStateException when nothing is set aside for the order: a person has to look */
    void sell(CheckoutCompleted event, MessageKey key) {
        var orderId = event.orderId();
        switch (reservation(orderId)) {
            case Reserved(var goods) -> {
                move(goods, Kind.SELL, key);
                move(orderId, new Sold(goods));
            }
            case Sold _, Returned _ -> {}
            case null -> throw new IllegalStateException(key + ": order " + orderId + " is completed but not reserved");
            case Released _, Refused _, Blocked _ ->
                throw new IllegalStateException(
                        key + ": order " + orderId + " is completed but was " + reservation(orderId));
        }
    }

    /**
     * The sale may not be booked yet: that the checkout is completed is heard by another topic, in no order with this one.
     *
     * @throws IllegalStateException when the order was refused or undone: a person has to look
     */
    Answer<Restocked> restock(Restock command, MessageKey key) {
        var orderId = command.orderId();
        return switch (reservation(orderId)) {
            case Sold(var goods) -> {
                move(goods, Kind.RESTOCK, key);
                move(orderId, new Returned(goods));
                yield Answer.now(new Restocked());
            }
            case Returned _ -> Answer.now(new Restocked());
            case Reserved _ -> Answer.notYet("order " + orderId + " is to be restocked but not sold yet");
            case null -> Answer.notYet("order " + orderId + " is to be restocked but not known yet");
            case Released _, Refused _, Blocked _ ->
                throw new IllegalStateException(
                        key + ": order " + orderId + " is to be restocked but was " + reservation(orderId));
        };
    }

    private ReserveInventory.Reply reserveFirst(ReserveInventory command, MessageKey key) {
        var quantities = Goods.count(command.lines());
        var refusal = refusal(command.lines(), quantities);
        if (refusal.isPresent()) {
            change(command.orderId(), new Standing(key.attempt(), new Refused(refusal.get())));
            return refusal.get();
        }
        var goods = new Goods(quantities, total(command, key));
        move(goods, Kind.RESERVE, key);
        change(command.orderId(), new Standing(key.attempt(), new Reserved(goods)));
        return new ReserveInventory.Reserved(goods.total());
    }

    private Optional<ReserveInventory.Reply> refusal(List<OrderLine> lines, Map<Sku, Long> quantities) {
        Optional<ReserveInventory.Reply> unknown = lines.stream()
                .map(OrderLine::sku)
                .filter(sku -> !shelves.containsKey(sku))
                .<ReserveInventory.Reply>map(UnknownSku::new)
                .findFirst();
        return unknown.or(() -> lines.stream()
                .map(OrderLine::sku)
                .filter(sku -> !shelf(sku).has(quantities.getOrDefault(sku, 0L)))
                .<ReserveInventory.Reply>map(OutOfStock::new)
                .findFirst());
    }

    /** @throws IllegalArgumentException when there are no lines, or their prices are in different currencies */
    private Money total(ReserveInventory command, MessageKey key) {
        return command.lines().stream()
                .map(line -> shelf(line.sku()).price().times(line.quantity()))
                .reduce(Money::plus)
                .orElseThrow(() -> new IllegalArgumentException(key + " asks for nothing: it has no lines"));
    }

    /** Asked again, by an inbox that has forgotten or under another key: the same goods get the same answer. */
    private static ReserveInventory.Reply reservedBefore(ReserveInventory command, Goods goods) {
        if (!Goods.count(command.lines()).equals(goods.quantities())) {
            throw new IllegalStateException("order " + command.orderId() + " has reserved " + goods.quantities()
                    + " and now asks for " + command.lines());
        }
        return new ReserveInventory.Reserved(goods.total());
    }

    private void move(Goods goods, Kind kind, MessageKey key) {
        goods.forEach((sku, quantity) -> {
            var shelf = shelf(sku);
            ObjLongConsumer<Shelf> move = switch (kind) {
                case RESERVE -> Shelf::reserve;
                case RELEASE -> Shelf::release;
                case SELL -> Shelf::sell;
                case RESTOCK -> Shelf::restock;
            };
            move.accept(shelf, quantity);
            touched.put(sku, shelf);
            movements.add(new Movement(key, sku, kind, quantity));
        });
    }

    private Shelf shelf(Sku sku) {
        var shelf = shelves.get(sku);
        if (shelf == null) {
            throw new IllegalStateException("there is no shelf for " + sku + ": was it loaded?");
        }
        return shelf;
    }

    private void move(OrderId orderId, Reservation to) {
        change(orderId, requireNonNull(standings.get(orderId)).moved(to));
    }

    private void change(OrderId orderId, Standing standing) {
        standings.put(orderId, standing);
        changed.put(orderId, standing);
    }

    private @Nullable Reservation reservation(OrderId orderId) {
        var standing = standings.get(orderId);
        return standing == null ? null : standing.reservation();
    }

    /** Whether a message comes from an attempt that is over, since a later one has begun. */
    private boolean isPast(OrderId orderId, MessageKey key) {
        var standing = standings.get(orderId);
        return standing != null && key.attempt() < standing.attempt();
    }

    /** Where the order stands in the attempt that a message comes from; null if that has not begun. */
    private @Nullable Reservation inAttempt(OrderId orderId, MessageKey key) {
        var standing = standings.get(orderId);
        if (standing == null || key.attempt() == standing.attempt()) {
            return reservation(orderId);
        }
        if (!standing.isUndone()) {
            throw new IllegalStateException(key + ": attempt " + standing.attempt() + " of order " + orderId
                    + " is not undone but " + standing.reservation());
        }
        return null;
    }

    /** Shelves whose counts have changed, in the order of their keys. */
    List<Shelf> touched() {
        return List.copyOf(touched.values());
    }

    /** Reservations that were not there before. */
    Map<OrderId, Standing> added() {
        var added = new LinkedHashMap<>(changed);
        added.keySet().removeAll(loaded);
        return added;
    }

    /** Reservations that were there before and are different now. */
    Map<OrderId, Standing> altered() {
        var altered = new LinkedHashMap<>(changed);
        altered.keySet().retainAll(loaded);
        return altered;
    }

    /** What was moved, in the order in which it happened. */
    List<Movement> movements() {
        return List.copyOf(movements);
    }
}
