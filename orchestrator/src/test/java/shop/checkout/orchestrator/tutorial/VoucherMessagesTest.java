package shop.checkout.orchestrator.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import shop.checkout.codec.Codec;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.contract.shipping.CancelShipment;
import shop.checkout.contract.shipping.CreateShipment;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.saga.SagaScenario;

/** The lines that the tutorial adds to the catalogue of messages and to the test of their golden files. */
class VoucherMessagesTest {

    private static final OrderId ORDER = new OrderId(UUID.fromString("01990000-0000-7000-8000-00000000002a"));
    private static final Money TOTAL = Money.of("249.00", "EUR");

    private static final List<Class<? extends Record>> TYPES = List.of(
            CreateShipment.class,
            CreateShipment.Shipped.class,
            CreateShipment.Undeliverable.class,
            CancelShipment.class,
            ChargePayment.class,
            ChargePayment.Charged.class,
            ChargePayment.Declined.class,
            ActivateVoucher.class,
            ActivateVoucher.Activated.class,
            Undone.class);

    private static final List<Record> EXAMPLES = List.of(
            new ActivateVoucher(ORDER, TOTAL),
            new ActivateVoucher.Activated(),
            new ActivateVoucher(OrderId.of(SagaScenario.SAGA), TOTAL));

    private final Codec codec = new Codec(TYPES);

    @Test
    void writesWhatTheTutorialSaysIsOnTheWire() {
        assertThat(codec.write(EXAMPLES.getFirst())).isEqualTo("""
                {"orderId":"01990000-0000-7000-8000-00000000002a","value":{"amount":"249.00","currency":"EUR"}}
                """.strip());
    }

    @Test
    void readsWhatItWrites() {
        assertThat(EXAMPLES)
                .allSatisfy(it -> assertThat(codec.read(codec.wireName(it.getClass()), codec.write(it)))
                        .isEqualTo(it));
    }

    @Test
    void areAllThatTheSagaNeeds() {
        assertThat(TYPES).containsAll(messageTypes());
    }

    private static List<Class<? extends Record>> messageTypes() {
        return VoucherSaga.V1.messageTypes().stream()
                .<Class<? extends Record>>map(type -> type.asSubclass(Record.class))
                .toList();
    }
}
