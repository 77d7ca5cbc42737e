package shop.checkout.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shop.checkout.contract.Address;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.ReturnId;
import shop.checkout.contract.Sku;
import shop.checkout.contract.checkout.CheckoutCompleted;
import shop.checkout.contract.checkout.CheckoutNeedsAttention;
import shop.checkout.contract.checkout.CheckoutRejected;
import shop.checkout.contract.checkout.CheckoutStarted;
import shop.checkout.contract.checkout.ReturnCompleted;
import shop.checkout.contract.checkout.ReturnNeedsAttention;
import shop.checkout.contract.checkout.ReturnRejected;
import shop.checkout.contract.checkout.ReturnStarted;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.inventory.ReserveInventory;
import shop.checkout.contract.inventory.Restock;
import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.contract.payment.RefundPayment;
import shop.checkout.contract.payment.RefundReturn;
import shop.checkout.contract.shipping.CancelPickUp;
import shop.checkout.contract.shipping.CancelShipment;
import shop.checkout.contract.shipping.CreateShipment;
import shop.checkout.contract.shipping.SchedulePickUp;
import shop.checkout.message.Superseded;
import shop.checkout.message.Undone;

/**
 * One file a message type, {@code golden/<wire name>.json}: what is on the wire. Messages of every age wait in topics and
 * outboxes, so a file that is released is never changed: a changed message gets a new wire name and a file of its own.
 */
class GoldenFilesTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final OrderId ORDER = new OrderId(UUID.fromString("01990000-0000-7000-8000-00000000002a"));
    private static final ReturnId RETURN = new ReturnId(UUID.fromString("01990000-0000-7000-8000-000000000042"));
    private static final Money TOTAL = Money.of("249.00", "EUR");
    private static final List<OrderLine> LINES =
            List.of(new OrderLine(new Sku("espresso-machine"), 1), new OrderLine(new Sku("beans-1kg"), 12));
    private static final Address ADDRESS =
            new Address("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH", "GB");

    private static final List<Record> EXAMPLES = List.of(
            new Undone(),
            new Superseded(),
            new ReserveInventory(ORDER, LINES),
            new ReserveInventory.Reserved(TOTAL),
            new ReserveInventory.OutOfStock(new Sku("sold-out")),
            new ReserveInventory.UnknownSku(new Sku("no-such-thing")),
            new ReleaseInventory(ORDER),
            new ChargePayment(ORDER, "pm_card_visa", TOTAL),
            new ChargePayment.Charged("pi_1"),
            new ChargePayment.Declined("insufficient funds"),
            new RefundPayment(ORDER),
            new CreateShipment(ORDER, ADDRESS, LINES),
            new CreateShipment.Shipped("T-1"),
            new CreateShipment.Undeliverable("no such street"),
            new CancelShipment(ORDER),
            new CheckoutStarted(ORDER, "c-42", LINES),
            new CheckoutCompleted(ORDER, TOTAL, "T-1"),
            new CheckoutRejected(ORDER, "out of stock: sold-out"),
            new CheckoutNeedsAttention(ORDER, "refund-payment keeps failing"),
            new SchedulePickUp(RETURN, ORDER, ADDRESS, LINES),
            new SchedulePickUp.Scheduled("P-1"),
            new SchedulePickUp.Refused("no pick-ups there"),
            new CancelPickUp(RETURN, ORDER),
            new RefundReturn(RETURN, ORDER, TOTAL),
            new RefundReturn.Refunded("re_1"),
            new RefundReturn.Refused("nothing is left to give back"),
            new Restock(ORDER),
            new Restock.Restocked(),
            new ReturnStarted(RETURN, ORDER, LINES),
            new ReturnCompleted(RETURN, ORDER, TOTAL),
            new ReturnRejected(RETURN, ORDER, "no pick-ups there"),
            new ReturnNeedsAttention(RETURN, ORDER, "refund was not answered in time"));

    private final Codec codec = Codec.ofCatalogue();

    static List<Record> examples() {
        return EXAMPLES;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void writesWhatItHasAlwaysWritten(Record example) throws IOException {
        assertThat(codec.write(example)).isEqualTo(golden(example));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsWhatItHasAlwaysRead(Record example) throws IOException {
        assertThat(codec.read(codec.wireName(example.getClass()), golden(example)))
                .isEqualTo(example);
    }

    @Test
    void everyMessageTypeHasAGoldenFileAndEveryFileAType() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Catalogue.TYPES.stream().map(codec::wireName).toList());
        }
        assertThat(EXAMPLES).extracting(Object::getClass).hasSameElementsAs(Catalogue.TYPES);
    }

    private String golden(Record example) throws IOException {
        return Files.readString(FOLDER.resolve(codec.wireName(example.getClass()) + ".json"), UTF_8)
                .strip();
    }
}
