package shop.checkout.e2e.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.checkout.e2e.guarantee.Run.COMPLETED;
import static shop.checkout.e2e.guarantee.Run.REJECTED;
import static shop.checkout.e2e.guarantee.Run.TOTAL;
import static shop.checkout.e2e.guarantee.Run.assertFound;
import static shop.checkout.e2e.guarantee.Run.change;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import shop.checkout.e2e.guarantee.Evidence.Deed;
import shop.checkout.e2e.guarantee.Evidence.Effect;
import shop.checkout.e2e.guarantee.Evidence.Outside;
import shop.checkout.e2e.guarantee.Evidence.Service;
import shop.checkout.e2e.guarantee.Evidence.Stock;

/** Money and goods that do not add up are found, with an id to look for. */
class MoneyAndStockRulesTest {

    private static final UUID NOBODY = new UUID(0x0199, 99);

    @Test
    void findsNothingWrongWithAFlawlessRun() {
        assertThat(GuaranteeChecker.judge(Run.flawless().evidence())).isEmpty();
    }

    @Test
    void findsMoneyTakenTwiceOutside() {
        assertFound("G1", COMPLETED, run -> outside(run, COMPLETED, new Outside(COMPLETED, 2 * TOTAL, 0, 2, 0, 1, 0)));
    }

    @Test
    void findsMoneyKeptForARejectedOrder() {
        assertFound("G1", REJECTED, run -> outside(run, REJECTED, new Outside(REJECTED, TOTAL, 0, 1, 0, 0, 0)));
    }

    @Test
    void findsMoneyTakenForNoSaga() {
        assertFound("G1", NOBODY, run -> run.outside.add(new Outside(NOBODY, TOTAL, 0, 1, 0, 0, 0)));
    }

    @Test
    void findsALedgerThatDisagreesWithTheOrder() {
        assertFound(
                "G1",
                COMPLETED,
                run -> change(
                        run.effects, it -> is(it, Service.PAYMENT, COMPLETED, Deed.DONE), it -> amount(it, TOTAL - 1)));
    }

    @Test
    void findsARefundBeforeItsCapture() {
        assertFound("G1", REJECTED, run -> {
            var capture = run.effects.stream()
                    .filter(it -> is(it, Service.PAYMENT, REJECTED, Deed.DONE))
                    .findFirst()
                    .orElseThrow();
            run.effects.remove(capture);
            run.effects.add(capture);
        });
    }

    @Test
    void findsGoodsThatDisappeared() {
        assertFound("G2", "espresso-machine", run -> stock(run, new Stock("espresso-machine", 10, 0, 8, 0, 1)));
    }

    @Test
    void findsNegativeStock() {
        assertFound("G2", "espresso-machine", run -> stock(run, new Stock("espresso-machine", 0, 0, -1, 0, 1)));
    }

    @Test
    void findsGoodsStillSetAside() {
        assertFound("G2", "espresso-machine", run -> stock(run, new Stock("espresso-machine", 10, 0, 8, 1, 1)));
    }

    private static boolean is(Effect effect, Service service, UUID saga, Deed deed) {
        return effect.service() == service && effect.saga().equals(saga) && effect.deed() == deed;
    }

    private static Effect amount(Effect it, long amount) {
        return new Effect(it.service(), it.saga(), it.message(), it.item(), it.deed(), amount);
    }

    private static void outside(Run run, UUID saga, Outside to) {
        change(run.outside, it -> it.saga().equals(saga), _ -> to);
    }

    private static void stock(Run run, Stock to) {
        change(run.stock, _ -> true, _ -> to);
    }
}
