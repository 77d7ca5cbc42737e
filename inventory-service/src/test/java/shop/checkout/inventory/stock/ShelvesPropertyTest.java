package shop.checkout.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.checkout.inventory.TestMessages.newSaga;
import static shop.checkout.inventory.TestMessages.restockKey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;
import shop.checkout.contract.checkout.CheckoutCompleted;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.inventory.ReserveInventory;
import shop.checkout.contract.inventory.Restock;
import shop.checkout.inventory.stock.Movement.Kind;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.Undone;
import shop.checkout.participant.Answer;

/**
 * Any sequence of commands and events, repeated and out of order, in batches: stock stays whole, an order acts at most once,
 * never after its undo, and comes back at most once, after its sale.
 */
class ShelvesPropertyTest {

    private static final int PRODUCTS = 4;
    private static final int ORDERS = 12;
    private static final int MESSAGES = 120;

    private final Map<Sku, Long> initial = new HashMap<>();
    private final List<Shelf> stock = new ArrayList<>();
    private final Map<OrderId, Standing> stored = new LinkedHashMap<>();
    private final List<Movement> ledger = new ArrayList<>();
    private final Map<SagaId, Answer<?>> firstAnswers = new HashMap<>();
    private final Set<SagaId> undone = new HashSet<>();
    private final Map<SagaId, Integer> attempts = new HashMap<>();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void staysWholeWhateverComesInWhateverOrder(long seed) {
        var random = new SplittableRandom(seed);
        fillShelves(random);
        var orders = IntStream.range(0, ORDERS).mapToObj(_ -> newSaga()).toList();
        var carts = new HashMap<SagaId, List<OrderLine>>();
        orders.forEach(order -> carts.put(order, cart(random)));

        var shelves = new Shelves(stock, stored);
        for (int i = 0; i < MESSAGES; i++) {
            var order = orders.get(random.nextInt(ORDERS));
            if (undone.contains(order) && random.nextInt(4) == 0) {
                setOutAgain(order);
            }
            if (random.nextInt(4) == 0) {
                assertPastAttemptsDoNothing(shelves, order, carts.getOrDefault(order, List.of()));
            }
            act(shelves, order, carts.getOrDefault(order, List.of()), random.nextInt(12));
            if (random.nextInt(5) == 0) {
                shelves = endOfBatch(shelves);
            }
            assertWhole();
        }
        endOfBatch(shelves);

        assertLedgerAgrees();
    }

    private void fillShelves(SplittableRandom random) {
        for (int i = 0; i < PRODUCTS; i++) {
            var sku = new Sku("product-" + i);
            long count = random.nextInt(20);
            initial.put(sku, count);
            stock.add(new Shelf(sku, Money.of("1.50", "EUR"), count, 0, 0, 0));
        }
    }

    /** One in ten names a product that does not exist; the same product may come twice. */
    private static List<OrderLine> cart(SplittableRandom random) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> random.nextInt(10) == 0 ? "ghost" : "product-" + random.nextInt(PRODUCTS))
                .map(sku -> new OrderLine(new Sku(sku), 1 + random.nextInt(5)))
                .toList();
    }

    /** What a person may have a saga do once nothing is left of its attempt. */
    private void setOutAgain(SagaId saga) {
        attempts.merge(saga, 2, (attempt, _) -> attempt + 1);
        undone.remove(saga);
        firstAnswers.remove(saga);
    }

    private void assertPastAttemptsDoNothing(Shelves shelves, SagaId saga, List<OrderLine> cart) {
        var order = OrderId.of(saga);
        var standing = standing(shelves, saga);
        if (standing != null && standing.attempt() > 1) {
            var past = MessageKey.ofStep(saga, "reserve-inventory", standing.attempt() - 1);
            assertThat(shelves.reserve(new ReserveInventory(order, cart), past)).isEqualTo(Answer.superseded());
            assertThat(shelves.release(new ReleaseInventory(order), past.undo()))
                    .isEqualTo(Answer.now(new Undone()));
            assertThat(standing(shelves, saga)).isEqualTo(standing);
        }
    }

    private MessageKey key(SagaId saga) {
        return MessageKey.ofStep(saga, "reserve-inventory", attempts.getOrDefault(saga, 1));
    }

    private void act(Shelves shelves, SagaId saga, List<OrderLine> cart, int die) {
        var order = OrderId.of(saga);
        if (die < 5) {
            var answer = shelves.reserve(new ReserveInventory(order, cart), key(saga));
            if (undone.contains(saga)) {
                assertThat(answer).isEqualTo(Answer.superseded());
            } else {
                assertThat(answer).isEqualTo(firstAnswers.computeIfAbsent(saga, _ -> answer));
            }
        } else if (die < 8) {
            undo(shelves, saga, order);
        } else if (die >= 10) {
            restock(shelves, saga);
        } else if (reservation(shelves, saga) instanceof Reservation.Reserved) {
            shelves.sell(
                    new CheckoutCompleted(order, Money.of("1", "EUR"), "T"),
                    key(saga).reply());
        }
    }

    private void undo(Shelves shelves, SagaId saga, OrderId order) {
        try {
            shelves.release(new ReleaseInventory(order), key(saga).undo());
            undone.add(saga);
        } catch (IllegalStateException sold) {
            assertThat(shelves.movements().stream().anyMatch(it -> isSale(it, saga))
                            || reservation(shelves, saga) instanceof Reservation.Sold
                            || reservation(shelves, saga) instanceof Reservation.Returned)
                    .isTrue();
        }
    }

    private static boolean isSale(Movement movement, SagaId saga) {
        return movement.message().sagaId().equals(saga) && movement.kind() == Kind.SELL;
    }

    private void restock(Shelves shelves, SagaId saga) {
        var before = reservation(shelves, saga);
        if (before instanceof Reservation.Released
                || before instanceof Reservation.Blocked
                || before instanceof Reservation.Refused) {
            return; // nobody returns what was never sold
        }
        var answer = shelves.restock(new Restock(OrderId.of(saga)), restockKey(saga));
        if (before instanceof Reservation.Sold || before instanceof Reservation.Returned) {
            assertThat(answer).isEqualTo(Answer.now(new Restock.Restocked()));
        } else {
            assertThat(answer).isInstanceOf(Answer.NotYet.class);
        }
    }

    private @Nullable Reservation reservation(Shelves shelves, SagaId saga) {
        var standing = standing(shelves, saga);
        return standing == null ? null : standing.reservation();
    }

    private @Nullable Standing standing(Shelves shelves, SagaId saga) {
        var now = new LinkedHashMap<>(stored);
        now.putAll(shelves.added());
        now.putAll(shelves.altered());
        return now.get(OrderId.of(saga));
    }

    /** Writes what would be written, and opens the next batch on it. */
    private Shelves endOfBatch(Shelves shelves) {
        assertThat(stored).doesNotContainKeys(shelves.added().keySet().toArray(OrderId[]::new));
        stored.putAll(shelves.added());
        stored.putAll(shelves.altered());
        ledger.addAll(shelves.movements());
        return new Shelves(stock, stored);
    }

    private void assertWhole() {
        assertThat(stock).allSatisfy(shelf -> {
            assertThat(List.of(shelf.available(), shelf.reserved(), shelf.sold() - shelf.restocked()))
                    .allMatch(count -> count >= 0);
            assertThat(shelf.available() + shelf.reserved() + shelf.sold() - shelf.restocked())
                    .isEqualTo(initial.get(shelf.sku()));
        });
    }

    private void assertLedgerAgrees() {
        for (var shelf : stock) {
            long reserved = moved(shelf.sku(), Kind.RESERVE);
            long released = moved(shelf.sku(), Kind.RELEASE);
            long sold = moved(shelf.sku(), Kind.SELL);
            assertThat(shelf.sold()).isEqualTo(sold);
            assertThat(shelf.restocked()).isEqualTo(moved(shelf.sku(), Kind.RESTOCK));
            assertThat(shelf.reserved()).isEqualTo(reserved - released - sold).isEqualTo(setAside(shelf.sku()));
        }
        assertThat(ledger).doesNotHaveDuplicates();
    }

    private long moved(Sku sku, Kind kind) {
        return ledger.stream()
                .filter(it -> it.sku().equals(sku) && it.kind() == kind)
                .mapToLong(Movement::quantity)
                .sum();
    }

    private long setAside(Sku sku) {
        return stored.values().stream()
                .map(Standing::reservation)
                .filter(Reservation.Reserved.class::isInstance)
                .mapToLong(
                        it -> ((Reservation.Reserved) it).goods().quantities().getOrDefault(sku, 0L))
                .sum();
    }
}
