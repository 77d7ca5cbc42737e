package shop.checkout.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.checkout.orchestrator.engine.Orders.TOTAL;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.contract.payment.ChargePayment.Charged;
import shop.checkout.contract.shipping.CreateShipment.Shipped;
import shop.checkout.orchestrator.checkout.CheckoutSaga;

class CancelIT {

    private final EngineFixture fixture = EngineFixture.fresh(CheckoutSaga.V1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void undoesARunningSaga() {
        var saga = fixture.start(1).getFirst();

        assertThat(fixture.engine.cancel(saga, "changed my mind")).isEqualTo(Cancellation.ACCEPTED);
        assertThat(fixture.engine.cancel(saga, "changed my mind")).isEqualTo(Cancellation.ACCEPTED);

        assertThat(fixture.outbox(saga))
                .containsExactly("reserve-inventory 1", "event/1 1", "reserve-inventory/undo 1");
        assertThat(fixture.history(saga))
                .containsExactly(
                        "STARTED APPLIED RUNNING",
                        "CANCEL_REQUESTED APPLIED COMPENSATING",
                        "CANCEL_REQUESTED IGNORED COMPENSATING");
    }

    @Test
    void comesTooLateForACompletedSaga() {
        var saga = fixture.start(1).getFirst();
        fixture.replies.run(List.of(
                fixture.reply(saga, "reserve-inventory", new Reserved(TOTAL)),
                fixture.reply(saga, "charge-payment", new Charged("pay_1")),
                fixture.reply(saga, "create-shipment", new Shipped("TRACK-1"))));

        assertThat(fixture.engine.cancel(saga, "changed my mind")).isEqualTo(Cancellation.TOO_LATE);
        assertThat(fixture.engine.find(saga).orElseThrow().saga().rejection()).isEmpty();
    }

    @Test
    void knowsNoSagaThatIsNotThere() {
        assertThat(fixture.engine.cancel(Orders.newOrder().id(), "changed my mind"))
                .isEqualTo(Cancellation.UNKNOWN);
    }
}
