package shop.checkout.e2e.guarantee;

import static shop.checkout.e2e.guarantee.Run.COMPLETED;
import static shop.checkout.e2e.guarantee.Run.REJECTED;
import static shop.checkout.e2e.guarantee.Run.TOTAL;
import static shop.checkout.e2e.guarantee.Run.assertFound;
import static shop.checkout.e2e.guarantee.Run.change;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import shop.checkout.e2e.guarantee.Evidence.Deed;
import shop.checkout.e2e.guarantee.Evidence.Effect;
import shop.checkout.e2e.guarantee.Evidence.Holding;
import shop.checkout.e2e.guarantee.Evidence.Outside;
import shop.checkout.e2e.guarantee.Evidence.Service;
import shop.checkout.e2e.guarantee.Evidence.Standing;

/** What happened twice, out of order or for nobody is found, with an id to look for. */
class EffectRulesTest {

    private static final UUID NOBODY = new UUID(0x0199, 99);

    @Test
    void findsAMessageThatTookEffectTwice() {
        assertFound("G6", COMPLETED, run -> run.effects.add(run.effects.getFirst()));
    }

    @Test
    void findsAParcelSentTwice() {
        assertFound("G6", COMPLETED, run -> outside(run, COMPLETED, new Outside(COMPLETED, TOTAL, 0, 1, 0, 2, 1)));
    }

    @Test
    void findsAnUndoWithoutItsDeed() {
        assertFound("G9", REJECTED, run -> run.effects.removeIf(it -> is(it, Service.INVENTORY, REJECTED, Deed.DONE)));
    }

    @Test
    void findsADeedAfterItsUndo() {
        assertFound(
                "G9",
                REJECTED,
                run -> run.effects.add(
                        new Effect(Service.PAYMENT, REJECTED, "charge-payment#2", "", Deed.DONE, TOTAL)));
    }

    @Test
    void findsAParcelThatTheShopDoesNotKnow() {
        assertFound("G9", REJECTED, run -> outside(run, REJECTED, new Outside(REJECTED, 0, 0, 0, 0, 1, 0)));
    }

    @Test
    void findsAReservationWithoutAnOpenSaga() {
        assertFound("G11", REJECTED, run -> holding(run, REJECTED, Service.INVENTORY, Standing.THERE));
    }

    @Test
    void findsAPaymentWithoutASaga() {
        assertFound(
                "G11",
                NOBODY,
                run -> run.holdings.add(new Holding(Service.PAYMENT, NOBODY, "", Standing.PENDING, TOTAL)));
    }

    private static boolean is(Effect effect, Service service, UUID saga, Deed deed) {
        return effect.service() == service && effect.saga().equals(saga) && effect.deed() == deed;
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
}
