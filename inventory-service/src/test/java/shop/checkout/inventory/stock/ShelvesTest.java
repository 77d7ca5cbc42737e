package shop.checkout.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.checkout.inventory.TestMessages.line;
import static shop.checkout.inventory.TestMessages.newSaga;
import static shop.checkout.inventory.TestMessages.reserveKey;
import static shop.checkout.inventory.TestMessages.restockKey;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;
import shop.checkout.contract.checkout.CheckoutCompleted;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.inventory.ReserveInventory;
import shop.checkout.contract.inventory.ReserveInventory.OutOfStock;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.contract.inventory.ReserveInventory.UnknownSku;
import shop.checkout.contract.inventory.Restock;
import shop.checkout.contract.inventory.Restock.Restocked;
import shop.checkout.inventory.stock.Movement.Kind;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.Undone;
import shop.checkout.participant.Answer;

class ShelvesTest {

    private static final SagaId SAGA = newSaga();
    private static final OrderId ORDER = OrderId.of(SAGA);
    private static final MessageKey DO = reserveKey(SAGA);
    private static final MessageKey UNDO = DO.undo();
    private static final MessageKey BACK = restockKey(newSaga());
    private static final MessageKey COMPLETED = new MessageKey(SAGA, "completed");
    private static final Sku CUP = new Sku("cup");
    private static final Sku JUG = new Sku("jug");

    private final Shelf cups = new Shelf(CUP, Money.of("2.50", "EUR"), 10, 0, 0, 0);
    private final Shelf jugs = new Shelf(JUG, Money.of("19.90", "EUR"), 3, 0, 0, 0);
    private final Shelves shelves = new Shelves(List.of(cups, jugs), Map.of());

    @Test
    void reservesAtTheCataloguesPrices() {
        assertThat(reserve(line("cup", 2), line("jug", 1)))
                .isEqualTo(Answer.now(new Reserved(Money.of("24.90", "EUR"))));

        assertCounts(cups, 8, 2, 0);
        assertCounts(jugs, 2, 1, 0);
        assertThat(shelves.movements())
                .containsExactly(new Movement(DO, CUP, Kind.RESERVE, 2), new Movement(DO, JUG, Kind.RESERVE, 1));
    }

    @Test
    void addsUpLinesOfTheSameProduct() {
        assertThat(reserve(line("cup", 2), line("cup", 3)))
                .isEqualTo(Answer.now(new Reserved(Money.of("12.50", "EUR"))));

        assertCounts(cups, 5, 5, 0);
        assertThat(shelves.movements()).containsExactly(new Movement(DO, CUP, Kind.RESERVE, 5));
    }

    @Test
    void refusesLinesThatAreTooManyOnlyTogether() {
        assertThat(reserve(line("jug", 2), line("cup", 1), line("jug", 2))).isEqualTo(Answer.now(new OutOfStock(JUG)));

        assertNothingMoved();
    }

    @Test
    void reservesTheVeryLast() {
        assertThat(reserve(line("jug", 3))).isEqualTo(Answer.now(new Reserved(Money.of("59.70", "EUR"))));

        assertCounts(jugs, 0, 3, 0);
    }

    @Test
    void setsNothingAsideWhenOneProductIsShort() {
        assertThat(reserve(line("cup", 1), line("jug", 4))).isEqualTo(Answer.now(new OutOfStock(JUG)));

        assertNothingMoved();
    }

    @Test
    void namesTheUnknownProductRatherThanTheOneThatIsShort() {
        assertThat(reserve(line("jug", 4), line("ghost", 1))).isEqualTo(Answer.now(new UnknownSku(new Sku("ghost"))));

        assertNothingMoved();
    }

    @Test
    void refusesTheSameOrderAgainThoughThereIsStockNow() {
        var other = newSaga();
        shelves.reserve(new ReserveInventory(OrderId.of(other), List.of(line("jug", 3))), reserveKey(other));
        assertThat(reserve(line("jug", 1))).isEqualTo(Answer.now(new OutOfStock(JUG)));
        shelves.release(
                new ReleaseInventory(OrderId.of(other)), reserveKey(other).undo());

        assertThat(reserve(line("jug", 1))).isEqualTo(Answer.now(new OutOfStock(JUG)));
        assertCounts(jugs, 3, 0, 0);
    }

    @Test
    void reservesOnceHoweverOftenItIsAsked() {
        var first = reserve(line("cup", 1), line("cup", 1));

        assertThat(reserve(line("cup", 2))).isEqualTo(first);
        assertCounts(cups, 8, 2, 0);
        assertThat(shelves.movements()).hasSize(1);
    }

    @Test
    void doesNotTakeOtherGoodsForTheSameOrder() {
        reserve(line("cup", 1));

        assertThatThrownBy(() -> reserve(line("cup", 2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(ORDER.toString());
    }

    @Test
    void refusesToReserveNothing() {
        assertThatThrownBy(this::reserve)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(DO.toString());
    }

    @Test
    void neverAddsUpDifferentCurrencies() {
        var mixed = new Shelves(List.of(cups, new Shelf(JUG, Money.of("1", "USD"), 3, 0, 0, 0)), Map.of());
        var command = new ReserveInventory(ORDER, List.of(line("cup", 1), line("jug", 1)));

        assertThatThrownBy(() -> mixed.reserve(command, DO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void putsGoodsBackOnce() {
        reserve(line("cup", 2), line("jug", 1));

        assertThat(release()).isEqualTo(Answer.now(new Undone()));
        assertThat(release()).isEqualTo(Answer.now(new Undone()));

        assertCounts(cups, 10, 0, 0);
        assertCounts(jugs, 3, 0, 0);
        assertThat(shelves.movements()).hasSize(4);
    }

    @Test
    void blocksAReservationThatComesAfterItsUndo() {
        assertThat(release()).isEqualTo(Answer.now(new Undone()));

        assertThat(reserve(line("cup", 1))).isEqualTo(Answer.superseded());
        assertNothingMoved();
        assertThat(shelves.added()).containsExactly(Map.entry(ORDER, Standing.first(new Reservation.Blocked())));
    }

    @Test
    void reservesAgainInALaterAttemptWhatWasReleasedRefusedOrBlocked() {
        reserve(line("cup", 1));
        release();

        assertThat(reserve(2, line("cup", 2))).isInstanceOf(Answer.Now.class);
        assertCounts(cups, 8, 2, 0);
        assertThat(release(2)).isEqualTo(Answer.now(new Undone()));
        assertThat(release(3)).isEqualTo(Answer.now(new Undone()));
        assertThat(reserve(3, line("cup", 1))).isEqualTo(Answer.superseded());
        assertThat(reserve(4, line("cup", 11))).isEqualTo(Answer.now(new OutOfStock(CUP)));
        assertThat(reserve(5, line("cup", 1))).isInstanceOf(Answer.Now.class);
        assertCounts(cups, 9, 1, 0);
        assertThat(shelves.added().get(ORDER))
                .isNotNull()
                .extracting(Standing::attempt)
                .isEqualTo(5);
    }

    @Test
    void doesNothingForAnAttemptThatIsOver() {
        release();
        reserve(2, line("cup", 1));

        assertThat(reserve(1, line("cup", 1))).isEqualTo(Answer.superseded());
        assertThat(release(1)).isEqualTo(Answer.now(new Undone()));

        assertCounts(cups, 9, 1, 0);
    }

    @Test
    void refusesToBeginAnAttemptBeforeTheOneBeforeIsUndone() {
        reserve(line("cup", 1));

        assertThatThrownBy(() -> reserve(2, line("cup", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("attempt 1 of order " + ORDER + " is not undone");
        assertThatThrownBy(() -> release(2)).hasMessageContaining("attempt 1 of order " + ORDER + " is not undone");
    }

    @Test
    void takesAReleaseByHandForARelease() {
        reserve(line("cup", 1));

        shelves.release(new ReleaseInventory(ORDER), UNDO.byHand());

        assertCounts(cups, 10, 0, 0);
    }

    @Test
    void doesNotReserveAgainWhatWasReleased() {
        reserve(line("cup", 1));
        release();

        assertThat(reserve(line("cup", 1))).isEqualTo(Answer.superseded());
        assertCounts(cups, 10, 0, 0);
    }

    @Test
    void blocksARefusedOrderThatIsUndone() {
        reserve(line("jug", 4));

        assertThat(release()).isEqualTo(Answer.now(new Undone()));
        assertThat(reserve(line("jug", 4))).isEqualTo(Answer.superseded());
        assertNothingMoved();
    }

    @Test
    void sellsWhatACompletedCheckoutHasReserved() {
        reserve(line("cup", 2), line("jug", 1));

        sell();
        sell();

        assertCounts(cups, 8, 0, 2);
        assertCounts(jugs, 2, 0, 1);
        assertThat(shelves.movements())
                .endsWith(new Movement(COMPLETED, CUP, Kind.SELL, 2), new Movement(COMPLETED, JUG, Kind.SELL, 1))
                .hasSize(4);
    }

    @Test
    void answersAReservationThatIsSoldAlready() {
        var first = reserve(line("cup", 2));
        sell();

        assertThat(reserve(line("cup", 2))).isEqualTo(first);
        assertCounts(cups, 8, 0, 2);
    }

    @Test
    void doesNotPutBackWhatIsSold() {
        reserve(line("cup", 2));
        sell();

        assertThatThrownBy(this::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(ORDER.toString())
                .hasMessageContaining("sold");
        assertCounts(cups, 8, 0, 2);
    }

    @Test
    void wantsAPersonToLookAtASaleWithoutAReservation() {
        assertThatThrownBy(this::sell)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(ORDER + " is completed but not reserved");
    }

    @Test
    void wantsAPersonToLookAtASaleOfWhatWasReleased() {
        reserve(line("cup", 2));
        release();

        assertThatThrownBy(this::sell).isInstanceOf(IllegalStateException.class).hasMessageContaining("Released");
        assertCounts(cups, 10, 0, 0);
    }

    @Test
    void putsSoldGoodsBackOnTheShelfThoughTheyStaySold() {
        reserve(line("cup", 2), line("jug", 1));
        sell();

        assertThat(restock()).isEqualTo(Answer.now(new Restocked()));

        assertCounts(cups, 10, 0, 2);
        assertCounts(jugs, 3, 0, 1);
        assertThat(List.of(cups.restocked(), jugs.restocked())).containsExactly(2L, 1L);
        assertThat(shelves.movements())
                .endsWith(new Movement(BACK, CUP, Kind.RESTOCK, 2), new Movement(BACK, JUG, Kind.RESTOCK, 1));
    }

    @Test
    void restocksOnceHoweverOftenAndByWhomeverItIsAsked() {
        reserve(line("cup", 2));
        sell();
        restock();
        int moved = shelves.movements().size();

        var another = shelves.restock(new Restock(ORDER), restockKey(newSaga()));

        assertThat(restock()).isEqualTo(another).isEqualTo(Answer.now(new Restocked()));
        assertCounts(cups, 10, 0, 2);
        assertThat(shelves.movements()).hasSize(moved);
    }

    @Test
    void doesNotRestockBeforeTheSaleIsBooked() {
        assertThat(restock()).isInstanceOf(Answer.NotYet.class);
        reserve(line("cup", 2));
        assertThat(restock()).isEqualTo(Answer.notYet("order " + ORDER + " is to be restocked but not sold yet"));
        sell();

        assertThat(restock()).isEqualTo(Answer.now(new Restocked()));
        assertCounts(cups, 10, 0, 2);
    }

    @Test
    void changesNothingWhenItIsTooEarlyToRestock() {
        restock();

        assertNothingMoved();
        assertThat(shelves.added()).isEmpty();
    }

    @Test
    void wantsAPersonToLookAtAReturnOfWhatWasReleased() {
        reserve(line("cup", 2));
        release();

        assertThatThrownBy(this::restock)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(ORDER.toString())
                .hasMessageContaining("Released");
    }

    @Test
    void sellsReturnedGoodsToTheNextCustomer() {
        reserve(line("jug", 3));
        sell();
        restock();
        var next = newSaga();

        var answer = shelves.reserve(new ReserveInventory(OrderId.of(next), List.of(line("jug", 3))), reserveKey(next));

        assertThat(answer).isEqualTo(Answer.now(new Reserved(Money.of("59.70", "EUR"))));
        assertCounts(jugs, 0, 3, 3);
    }

    @Test
    void knowsAReturnedOrderWhenItsOldMessagesComeAgain() {
        var first = reserve(line("cup", 2));
        sell();
        restock();

        assertThat(reserve(line("cup", 2))).isEqualTo(first);
        sell();
        assertThatThrownBy(this::release).isInstanceOf(IllegalStateException.class);
        assertCounts(cups, 10, 0, 2);
    }

    @Test
    void neverTakesBackMoreThanWasSold() {
        assertThatThrownBy(() -> cups.restock(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot take 1 of 0 sold cup");
    }

    @Test
    void tellsNewReservationsFromKnownOnes() {
        var known = newSaga();
        var blocked = new Shelves(
                List.of(cups), Map.of(OrderId.of(known), Standing.first(new Reservation.Refused(new OutOfStock(CUP)))));

        blocked.release(
                new ReleaseInventory(OrderId.of(known)), reserveKey(known).undo());
        blocked.release(new ReleaseInventory(ORDER), UNDO);

        assertThat(blocked.altered()).containsOnlyKeys(OrderId.of(known));
        assertThat(blocked.added()).containsOnlyKeys(ORDER);
        assertThat(blocked.touched()).isEmpty();
    }

    @Test
    void writesNothingForWhatDoesNotChange() {
        var known = Map.of(ORDER, Standing.first(new Reservation.Blocked()));
        var untouched = new Shelves(List.of(cups), known);

        untouched.release(new ReleaseInventory(ORDER), UNDO);
        untouched.reserve(new ReserveInventory(ORDER, List.of(line("cup", 1))), DO);

        assertThat(untouched.added()).isEmpty();
        assertThat(untouched.altered()).isEmpty();
        assertThat(untouched.touched()).isEmpty();
        assertThat(untouched.movements()).isEmpty();
    }

    private Answer<ReserveInventory.Reply> reserve(int attempt, OrderLine... lines) {
        return shelves.reserve(new ReserveInventory(ORDER, Arrays.asList(lines)), key(attempt));
    }

    private Answer<Undone> release(int attempt) {
        return shelves.release(new ReleaseInventory(ORDER), key(attempt).undo());
    }

    private static MessageKey key(int attempt) {
        return MessageKey.ofStep(DO.sagaId(), "reserve-inventory", attempt);
    }

    private Answer<ReserveInventory.Reply> reserve(OrderLine... lines) {
        return shelves.reserve(new ReserveInventory(ORDER, Arrays.asList(lines)), DO);
    }

    private Answer<Undone> release() {
        return shelves.release(new ReleaseInventory(ORDER), UNDO);
    }

    private Answer<Restocked> restock() {
        return shelves.restock(new Restock(ORDER), BACK);
    }

    private void sell() {
        shelves.sell(new CheckoutCompleted(ORDER, Money.of("1", "EUR"), "T-1"), COMPLETED);
    }

    private void assertNothingMoved() {
        assertCounts(cups, 10, 0, 0);
        assertCounts(jugs, 3, 0, 0);
        assertThat(shelves.movements()).isEmpty();
    }

    private static void assertCounts(Shelf shelf, long available, long reserved, long sold) {
        assertThat(List.of(shelf.available(), shelf.reserved(), shelf.sold()))
                .containsExactly(available, reserved, sold);
    }
}
