package shop.checkout.orchestrator.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shop.checkout.contract.Address;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.contract.shipping.CancelShipment;
import shop.checkout.contract.shipping.CreateShipment;
import shop.checkout.orchestrator.saga.SagaExploration;
import shop.checkout.orchestrator.saga.SagaScenario;
import shop.checkout.orchestrator.saga.SagaStatus;

class VoucherSagaTest {

    static final OrderId ORDER = OrderId.of(SagaScenario.SAGA);
    static final Money VALUE = Money.of("25.00", "EUR");
    static final Address ADA = new Address("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH", "GB");
    static final Voucher VOUCHER = new Voucher(ORDER, "pm_card_visa", VALUE, ADA, Optional.empty());

    static final CreateShipment SEND = new CreateShipment(ORDER, ADA, VoucherSaga.CARD);
    static final CancelShipment DO_NOT_SEND = new CancelShipment(ORDER);
    static final ChargePayment CHARGE = new ChargePayment(ORDER, "pm_card_visa", VALUE);
    static final ActivateVoucher ACTIVATE = new ActivateVoucher(ORDER, VALUE);

    static final List<Object> REPLIES = List.of(
            new CreateShipment.Shipped("T-1"),
            new CreateShipment.Undeliverable("no such street"),
            new ChargePayment.Charged("pi_1"),
            new ChargePayment.Declined("insufficient funds"),
            new ActivateVoucher.Activated());

    @Test
    void activatesAVoucherThatIsSentAndPaid() {
        SagaScenario.start(VoucherSaga.V1, VOUCHER)
                .asks(SEND)
                .gets(new CreateShipment.Shipped("T-1"))
                .asks(CHARGE)
                .gets(new ChargePayment.Charged("pi_1"))
                .asks(ACTIVATE)
                .gets(new ActivateVoucher.Activated())
                .isCompleted()
                .knows(VOUCHER.sentAs("T-1"));
    }

    @Test
    void stopsTheParcelWhenThePaymentIsDeclined() {
        SagaScenario.start(VoucherSaga.V1, VOUCHER)
                .asks(SEND)
                .gets(new CreateShipment.Shipped("T-1"))
                .asks(CHARGE)
                .gets(new ChargePayment.Declined("insufficient funds"))
                .undoes(DO_NOT_SEND)
                .isRejected("payment declined: insufficient funds");
    }

    @Test
    void undoesNothingWhenTheVoucherCannotBeDelivered() {
        SagaScenario.start(VoucherSaga.V1, VOUCHER)
                .asks(SEND)
                .gets(new CreateShipment.Undeliverable("no such street"))
                .isRejected("cannot be delivered: no such street");
    }

    @Test
    void stopsAParcelOfWhichNothingWasEverHeard() {
        SagaScenario.start(VoucherSaga.V1, VOUCHER)
                .asks(SEND)
                .isNeverAnswered()
                .undoes(DO_NOT_SEND)
                .isRejected("send was not answered within 120 s");
    }

    @Test
    void callsForAPersonWhenAPaidVoucherIsNotActivated() {
        SagaScenario.start(VoucherSaga.V1, VOUCHER)
                .asks(SEND)
                .gets(new CreateShipment.Shipped("T-1"))
                .asks(CHARGE)
                .gets(new ChargePayment.Charged("pi_1"))
                .asks(ACTIVATE)
                .waits()
                .afterAWhile(Duration.ofMinutes(3))
                .waits(SagaStatus.NEEDS_ATTENTION)
                .gets(ACTIVATE, new ActivateVoucher.Activated())
                .isCompleted();
    }

    @Test
    void allIsDoneOrAllIsUndoneWhateverHappensInWhateverOrder() {
        var found = SagaExploration.of(VoucherSaga.V1, VOUCHER, REPLIES).run();

        assertThat(found).containsOnlyKeys(SagaStatus.values());
    }

    @Test
    void keepsWhatVersionOnePromised() {
        assertThat(VoucherSaga.V1.outline()).isEqualTo("""
                saga voucher v1
                  knows orderId: OrderId, paymentMethod: String, value: Money, address: Address, trackingNumber: Optional<String>
                stage
                  send (compensatable)
                    asks shipping.create.v1 -> shipping.created.v1 | shipping.undeliverable.v1
                      deadline PT5S, pause PT0.2S to PT30S, budget PT2M
                    undone by shipping.cancel.v1 -> saga.undone.v1
                      deadline PT5S, pause PT0.2S to PT30S, budget PT10M
                stage
                  charge (pivot)
                    asks payment.charge.v1 -> payment.charged.v1 | payment.declined.v1
                      deadline PT5S, pause PT0.2S to PT30S, budget PT2M
                stage
                  activate (retriable)
                    asks inventory.activate-voucher.v1 -> inventory.voucher-activated.v1
                      deadline PT5S, pause PT0.2S to PT30S, budget PT2M
                """);
    }
}
