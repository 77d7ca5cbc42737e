package shop.checkout.e2e.guarantee;

import static shop.checkout.e2e.guarantee.Run.BROUGHT_BACK;
import static shop.checkout.e2e.guarantee.Run.COMPLETED;
import static shop.checkout.e2e.guarantee.Run.REJECTED;
import static shop.checkout.e2e.guarantee.Run.REJECTED_RETURN;
import static shop.checkout.e2e.guarantee.Run.RETURN;
import static shop.checkout.e2e.guarantee.Run.TOTAL;
import static shop.checkout.e2e.guarantee.Run.assertFound;
import static shop.checkout.e2e.guarantee.Run.change;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import shop.checkout.e2e.guarantee.Evidence.Deed;
import shop.checkout.e2e.guarantee.Evidence.Effect;
import shop.checkout.e2e.guarantee.Evidence.Holding;
import shop.checkout.e2e.guarantee.Evidence.Outside;
import shop.checkout.e2e.guarantee.Evidence.Saga;
import shop.checkout.e2e.guarantee.Evidence.Service;
import shop.checkout.e2e.guarantee.Evidence.Standing;
import shop.checkout.e2e.guarantee.Evidence.Stock;

/** Returns that give back too much, too little, twice, or what was never sold are found, with an id to look for. */
class ReturnRulesTest {

    private static final UUID NOBODY = new UUID(0x0199, 99);
    private static final String SKU = "espresso-machine";

    @Test
    void findsMoneyKeptThoughTheGoodsCameBack() {
        assertFound(
                "G1", BROUGHT_BACK, run -> outside(run, BROUGHT_BACK, new Outside(BROUGHT_BACK, TOTAL, 0, 1, 0, 1, 0)));
    }

    @Test
    void findsMoneyGivenBackWithoutAReturn() {
        assertFound("G1", COMPLETED, run -> outside(run, COMPLETED, new Outside(COMPLETED, TOTAL, TOTAL, 1, 1, 1, 0)));
    }

    @Test
    void findsARefundThatTheLedgerDoesNotKnow() {
        assertFound("G1", BROUGHT_BACK, run -> run.effects.removeIf(it -> isReturned(it, Service.PAYMENT)));
    }

    @Test
    void findsMoreMoneyGivenBackThanWasTaken() {
        assertFound(
                "G1",
                BROUGHT_BACK,
                run -> change(run.effects, it -> isReturned(it, Service.PAYMENT), it -> amount(it, TOTAL + 1)));
    }

    @Test
    void findsMoneyOfAReturnThatWasRejected() {
        assertFound("G1", BROUGHT_BACK, run -> status(run, RETURN, "REJECTED"));
    }

    @Test
    void findsGoodsThatCameBackButAreNotForSale() {
        assertFound("G2", SKU, run -> stock(run, new Stock(SKU, 10, 1, 8, 0, 2)));
    }

    @Test
    void findsGoodsForSaleAgainThatNobodyBroughtBack() {
        assertFound("G2", SKU, run -> stock(run, new Stock(SKU, 10, 2, 10, 0, 2)));
    }

    @Test
    void findsARestockThatTheLedgerDoesNotKnow() {
        assertFound("G2", SKU, run -> run.effects.removeIf(it -> isReturned(it, Service.INVENTORY)));
    }

    @Test
    void findsTwoReturnsOfOneOrder() {
        assertFound("G6", BROUGHT_BACK, run -> status(run, REJECTED_RETURN, "COMPLETED"));
    }

    @Test
    void findsAPickUpScheduledTwice() {
        assertFound("G6", RETURN, run -> outside(run, RETURN, new Outside(RETURN, 0, 0, 0, 0, 0, 0, 2, 1)));
    }

    @Test
    void findsGoodsThatCameBackTwice() {
        assertFound(
                "G9",
                BROUGHT_BACK,
                run -> run.effects.add(
                        new Effect(Service.INVENTORY, RETURN, BROUGHT_BACK, "restock#2", SKU, Deed.RETURNED, 1)));
    }

    @Test
    void findsGoodsThatCameBackBeforeTheyWereSold() {
        assertFound(
                "G9",
                BROUGHT_BACK,
                run -> run.effects.removeIf(it -> it.owner().equals(BROUGHT_BACK) && it.deed() == Deed.SETTLED));
    }

    @Test
    void findsMoneyGivenBackThatWasNeverTaken() {
        assertFound(
                "G9",
                BROUGHT_BACK,
                run -> run.effects.removeIf(it ->
                        it.owner().equals(BROUGHT_BACK) && it.service() == Service.PAYMENT && it.deed() == Deed.DONE));
    }

    @Test
    void findsWhatARejectedReturnBroughtBack() {
        assertFound(
                "G9",
                REJECTED_RETURN,
                run -> change(
                        run.effects,
                        it -> isReturned(it, Service.INVENTORY),
                        it -> new Effect(
                                it.service(),
                                REJECTED_RETURN,
                                it.owner(),
                                it.message(),
                                it.item(),
                                it.deed(),
                                it.amount())));
    }

    @Test
    void findsAPickUpThatTheShopHasCancelledAndTheCarrierHasNot() {
        assertFound(
                "G9",
                REJECTED_RETURN,
                run -> outside(run, REJECTED_RETURN, new Outside(REJECTED_RETURN, 0, 0, 0, 0, 0, 0, 1, 0)));
    }

    @Test
    void findsACancellationBeforeItsPickUp() {
        assertFound(
                "G9",
                REJECTED_RETURN,
                run -> run.effects.removeIf(it -> it.saga().equals(REJECTED_RETURN) && it.deed() == Deed.DONE));
    }

    @Test
    void findsAReturnOfAnOrderThatWasNeverCompleted() {
        assertFound("G11", RETURN, run -> returns(run, RETURN, REJECTED));
        assertFound("G11", RETURN, run -> returns(run, RETURN, NOBODY));
        assertFound("G11", RETURN, run -> returns(run, RETURN, REJECTED_RETURN));
    }

    @Test
    void findsARefundWithoutASaga() {
        assertFound(
                "G11",
                NOBODY,
                run -> run.holdings.add(new Holding(Service.PAYMENT, NOBODY, "", Standing.THERE, TOTAL)));
    }

    @Test
    void findsAPickUpLeftByARejectedReturn() {
        assertFound("G11", REJECTED_RETURN, run -> holding(run, REJECTED_RETURN, Service.SHIPPING, Standing.THERE));
    }

    @Test
    void findsAnOrderStillSoldOrPaidThoughItCameBack() {
        assertFound("G11", BROUGHT_BACK, run -> holding(run, BROUGHT_BACK, Service.INVENTORY, Standing.SETTLED));
        assertFound("G11", BROUGHT_BACK, run -> holding(run, BROUGHT_BACK, Service.PAYMENT, Standing.THERE));
    }

    @Test
    void findsAnOrderThatCameBackWithoutAReturn() {
        assertFound("G11", COMPLETED, run -> holding(run, COMPLETED, Service.INVENTORY, Standing.RETURNED));
        assertFound("G11", COMPLETED, run -> holding(run, COMPLETED, Service.PAYMENT, Standing.RETURNED));
    }

    private static boolean isReturned(Effect effect, Service service) {
        return effect.service() == service && effect.deed() == Deed.RETURNED;
    }

    private static Effect amount(Effect it, long amount) {
        return new Effect(it.service(), it.saga(), it.owner(), it.message(), it.item(), it.deed(), amount);
    }

    private static void status(Run run, UUID saga, String to) {
        change(
                run.sagas,
                it -> it.id().equals(saga),
                it -> new Saga(it.id(), to, it.total(), it.returns(), it.steps(), it.history()));
    }

    private static void returns(Run run, UUID saga, UUID order) {
        change(
                run.sagas,
                it -> it.id().equals(saga),
                it -> new Saga(it.id(), it.status(), it.total(), Optional.of(order), it.steps(), it.history()));
    }

    private static void outside(Run run, UUID saga, Outside to) {
        change(run.outside, it -> it.saga().equals(saga), _ -> to);
    }

    private static void holding(Run run, UUID saga, Service service, Standing to) {
        change(
                run.holdings,
                it -> it.saga().equals(saga) && it.service() == service,
                it -> new Holding(it.service(), it.saga(), it.item(), to, it.amount()));
    }

    private static void stock(Run run, Stock to) {
        change(run.stock, _ -> true, _ -> to);
    }
}
