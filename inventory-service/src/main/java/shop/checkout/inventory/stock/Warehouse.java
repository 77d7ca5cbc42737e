package shop.checkout.inventory.stock;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Received;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;
import shop.checkout.contract.checkout.CheckoutCompleted;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.inventory.ReserveInventory;
import shop.checkout.contract.inventory.Restock;
import shop.checkout.inventory.stock.Reservation.Reserved;
import shop.checkout.inventory.stock.Reservation.Sold;
import shop.checkout.participant.Workspaces;
import shop.checkout.time.HybridClock;

/**
 * Loads the shelves and reservations of a batch and writes them back, in three reads and at most five writes for any number
 * of messages.
 *
 * <p>Isolation: everybody buys the same few products, so their rows are the hot spot. A commutative update ({@code available =
 * available - n where available >= n}) would hold their locks the shortest, but it can refuse only a whole batch and not the
 * one order that goes short. So the rows are locked when they are read ({@code for update}), the batch is decided in memory
 * and written at once: one lock and one update a product and batch, held for a few round trips. Nobody ever waits for the
 * outside world with a lock in hand.
 *
 * <p>Locks are always taken in the same order, so that two transactions never wait for each other: known reservations by
 * order, then stock by SKU, then new reservations by order, then the inbox by message key.
 */
final class Warehouse implements Workspaces<Shelves> {

    private final StockTable stock;
    private final ReservationTable reservations;
    private final Ledger ledger;

    Warehouse(JdbcTemplate jdbc, HybridClock clock) {
        stock = new StockTable(jdbc);
        reservations = new ReservationTable(jdbc, clock);
        ledger = new Ledger(jdbc, clock);
    }

    @Override
    public Shelves open(List<Received<?>> messages) {
        var known = reservations.load(orders(messages));
        return new Shelves(stock.load(skus(messages, known)), known);
    }

    /** @throws ConcurrencyFailureException when somebody else acted on one of the orders meanwhile: try again */
    @Override
    public void save(Shelves shelves) {
        stock.update(shelves.touched());
        reservations.insert(shelves.added());
        reservations.update(shelves.altered());
        ledger.append(shelves.movements());
    }

    private static SortedSet<OrderId> orders(List<Received<?>> messages) {
        return messages.stream()
                .flatMap(message -> switch (message.body()) {
                    case ReserveInventory command -> Stream.of(command.orderId());
                    case ReleaseInventory command -> Stream.of(command.orderId());
                    case Restock command -> Stream.of(command.orderId());
                    case CheckoutCompleted event -> Stream.of(event.orderId());
                    default -> Stream.empty(); // no business of ours; the handlers say so
                })
                .collect(toCollection(() -> new TreeSet<>(ReservationTable.BY_ORDER)));
    }

    private static SortedSet<Sku> skus(List<Received<?>> messages, Map<OrderId, Standing> known) {
        var asked = messages.stream()
                .map(Received::body)
                .filter(ReserveInventory.class::isInstance)
                .flatMap(command -> ((ReserveInventory) command).lines().stream())
                .map(OrderLine::sku);
        var returning = messages.stream()
                .map(Received::body)
                .filter(Restock.class::isInstance)
                .map(command -> ((Restock) command).orderId())
                .collect(toSet());
        var ofOrders = known.entrySet().stream()
                .filter(it -> mayMove(it.getKey(), it.getValue().reservation(), returning))
                .flatMap(it -> ReservationRow.goods(it.getValue().reservation()).stream())
                .flatMap(goods -> goods.quantities().keySet().stream());
        return Stream.concat(asked, ofOrders).collect(toCollection(TreeSet::new));
    }

    private static boolean mayMove(OrderId order, Reservation reservation, Set<OrderId> returning) {
        return reservation instanceof Reserved || reservation instanceof Sold && returning.contains(order);
    }
}
