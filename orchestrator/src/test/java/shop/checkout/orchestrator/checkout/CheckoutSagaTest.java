package shop.checkout.orchestrator.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shop.checkout.codec.Codec;
import shop.checkout.contract.Address;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;
import shop.checkout.contract.checkout.CheckoutCompleted;
import shop.checkout.contract.checkout.CheckoutNeedsAttention;
import shop.checkout.contract.checkout.CheckoutRejected;
import shop.checkout.contract.checkout.CheckoutStarted;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.inventory.ReserveInventory;
import shop.checkout.contract.inventory.ReserveInventory.OutOfStock;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.contract.inventory.ReserveInventory.UnknownSku;
import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.contract.payment.ChargePayment.Charged;
import shop.checkout.contract.payment.ChargePayment.Declined;
import shop.checkout.contract.payment.RefundPayment;
import shop.checkout.contract.shipping.CancelShipment;
import shop.checkout.contract.shipping.CreateShipment;
import shop.checkout.contract.shipping.CreateShipment.Shipped;
import shop.checkout.contract.shipping.CreateShipment.Undeliverable;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.orchestrator.saga.SagaScenario;
import shop.checkout.orchestrator.saga.SagaStatus;

class CheckoutSagaTest {

    static final OrderId ORDER = OrderId.of(SagaScenario.SAGA);
    static final List<OrderLine> LINES = List.of(new OrderLine(new Sku("espresso-machine"), 1));
    static final String METHOD = "pm_card_visa";
    static final Address ADDRESS = new Address("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH", "GB");
    static final Checkout CHECKOUT = Checkout.of(ORDER, "c-42", LINES, METHOD, ADDRESS);
    static final Money TOTAL = Money.of("249.00", "EUR");

    static final ReserveInventory RESERVE = new ReserveInventory(ORDER, LINES);
    static final ChargePayment CHARGE = new ChargePayment(ORDER, METHOD, TOTAL);
    static final CreateShipment SHIP = new CreateShipment(ORDER, ADDRESS, LINES);
    static final ReleaseInventory RELEASE = new ReleaseInventory(ORDER);
    static final RefundPayment REFUND = new RefundPayment(ORDER);
    static final CancelShipment CALL_BACK = new CancelShipment(ORDER);

    @Test
    void completesWhenEverybodyDoesTheirPart() {
        checkout()
                .asks(RESERVE)
                .gets(new Reserved(TOTAL))
                .asks(CHARGE)
                .gets(new Charged("pay_1"))
                .asks(SHIP)
                .gets(new Shipped("TRACK-1"))
                .isCompleted()
                .knows(CHECKOUT.withTotal(TOTAL).withPaymentId("pay_1").withTrackingNumber("TRACK-1"))
                .announces(new CheckoutStarted(ORDER, "c-42", LINES))
                .announces(new CheckoutCompleted(ORDER, TOTAL, "TRACK-1"));
    }

    @Test
    void isRejectedAtOnceWhenAProductIsOutOfStock() {
        checkout()
                .asks(RESERVE)
                .gets(new OutOfStock(new Sku("sold-out")))
                .isRejected("out of stock: sold-out")
                .announces(new CheckoutStarted(ORDER, "c-42", LINES))
                .announces(new CheckoutRejected(ORDER, "out of stock: sold-out"));
    }

    @Test
    void isRejectedAtOnceWhenAProductIsUnknown() {
        checkout().asks(RESERVE).gets(new UnknownSku(new Sku("tea-pot"))).isRejected("unknown product: tea-pot");
    }

    @Test
    void releasesTheGoodsWhenThePaymentIsDeclined() {
        checkout()
                .asks(RESERVE)
                .gets(new Reserved(TOTAL))
                .asks(CHARGE)
                .gets(new Declined("insufficient funds"))
                .undoes(RELEASE)
                .isRejected("payment declined: insufficient funds");
    }

    @Test
    void refundsAndReleasesWhenTheParcelCannotBeDelivered() {
        checkout()
                .asks(RESERVE)
                .gets(new Reserved(TOTAL))
                .asks(CHARGE)
                .gets(new Charged("pay_1"))
                .asks(SHIP)
                .gets(new Undeliverable("no such street"))
                .undoes(REFUND)
                .undoes(RELEASE)
                .isRejected("cannot be delivered: no such street");
    }

    @Test
    void refundsAPaymentThatNeverAnswered() {
        checkout()
                .asks(RESERVE)
                .gets(new Reserved(TOTAL))
                .asks(CHARGE)
                .isNeverAnswered()
                .asks(REFUND)
                .waits()
                .ignores(CHARGE, new Charged("pay_1"))
                .gets(REFUND, new Undone())
                .undoes(RELEASE)
                .isRejected("charge-payment was not answered within 120 s");
    }

    @Test
    void callsForAPersonWhenTheMoneyCannotBeGivenBack() {
        var reason = "charge-payment could not be undone in time and is still being retried";

        checkout()
                .asks(RESERVE)
                .gets(new Reserved(TOTAL))
                .asks(CHARGE)
                .gets(new Charged("pay_1"))
                .asks(SHIP)
                .gets(new Undeliverable("no such street"))
                .asks(REFUND)
                .waits()
                .afterAWhile(Duration.ofMinutes(11))
                .waits(SagaStatus.NEEDS_ATTENTION)
                .announces(new CheckoutStarted(ORDER, "c-42", LINES))
                .announces(new CheckoutNeedsAttention(ORDER, reason))
                .gets(REFUND, new Undone())
                .undoes(RELEASE)
                .isRejected("cannot be delivered: no such street");
    }

    @Test
    void knowsAllItsMessagesFromTheCatalogue() {
        var codec = Codec.ofCatalogue();

        assertThat(CheckoutSaga.V2.messageTypes())
                .allSatisfy(type -> assertThat(codec.wireName(type)).isNotBlank());
    }

    @Test
    void isUndoneWhenItCannotBeFinishedInTime() {
        checkout()
                .whileSilent("shipping")
                .asks(RESERVE)
                .gets(new Reserved(TOTAL))
                .asks(CHARGE)
                .gets(new Charged("pay_1"))
                .afterAWhile(Duration.ofMinutes(15))
                .undoes(REFUND)
                .undoes(RELEASE)
                .isRejected("it was not finished within 900 s");
    }

    @ParameterizedTest
    @MethodSource("released")
    void keepsWhatEachReleasedVersionPromised(SagaDefinition<Checkout> released) throws IOException {
        var file = "/saga/checkout-v" + released.version() + ".txt";
        try (var golden = CheckoutSagaTest.class.getResourceAsStream(file)) {
            assertThat(golden).as(file).isNotNull();
            assertThat(released.outline()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static Stream<SagaDefinition<Checkout>> released() {
        return Stream.of(CheckoutSaga.V1, CheckoutSaga.V2);
    }

    private static SagaScenario<Checkout> checkout() {
        return SagaScenario.start(CheckoutSaga.V2, CHECKOUT);
    }
}
