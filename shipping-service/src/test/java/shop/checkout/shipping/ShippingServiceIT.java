package shop.checkout.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.checkout.shipping.ShippingUnderTest.again;
import static shop.checkout.shipping.ShippingUnderTest.cancel;
import static shop.checkout.shipping.ShippingUnderTest.newSaga;
import static shop.checkout.shipping.ShippingUnderTest.ship;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.message.SagaId;

/** Commands that arrive by Kafka move parcels at the carrier once, and are answered through the outbox. */
class ShippingServiceIT {

    private static final String DELIVERABLE = "SW1Y 4JH";

    @TempDir
    private static Path folder;

    private static ShippingUnderTest shipping;

    private final SagaId saga = newSaga();

    @BeforeAll
    static void start() {
        shipping = ShippingUnderTest.start(folder, "checkout.shipping.carrier.lookup-delay=0s");
    }

    @AfterAll
    static void stop() throws IOException {
        shipping.close();
    }

    @Test
    void handsTheParcelOver() {
        shipping.send(ship(saga, DELIVERABLE));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("shipping.created.v1"));
        assertThat(shipping.state(saga)).isEqualTo("CREATED");
        assertThat(shipping.ledger(saga)).containsExactly("SHIP");
        assertThat(shipping.atCarrier(saga)).contains("\"shipments\":1", "\"cancellations\":0");
        assertThat(shipping.openIntents(saga)).isEmpty();
    }

    @Test
    void tellsThatAnAddressCannotBeReached() {
        shipping.send(ship(saga, "00000"));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("shipping.undeliverable.v1"));
        assertThat(shipping.state(saga)).isEqualTo("UNDELIVERABLE");
        assertThat(shipping.ledger(saga)).isEmpty();
        assertThat(shipping.api("/api/v1/shipments/" + saga).body()).contains("no deliveries to postal code 00000");
    }

    @Test
    void callsTheParcelBack() {
        shipping.send(ship(saga, DELIVERABLE));
        soon(() -> assertThat(shipping.replies(saga)).hasSize(1));

        shipping.send(cancel(saga));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("shipping.created.v1", "saga.undone.v1"));
        assertThat(shipping.state(saga)).isEqualTo("CANCELLED");
        assertThat(shipping.ledger(saga)).containsExactly("SHIP", "CANCEL");
        assertThat(shipping.atCarrier(saga)).contains("\"shipments\":1", "\"cancellations\":1");
    }

    @Test
    void undoesBeforeItDoesAndThenNeverDoes() {
        shipping.send(cancel(saga), ship(saga, DELIVERABLE));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("saga.undone.v1", "saga.superseded.v1"));
        assertThat(shipping.state(saga)).isEqualTo("BLOCKED");
        assertThat(shipping.atCarrier(saga)).isEmpty();
    }

    @Test
    void undoesAShipmentWhoseCallIsUnderWay() {
        shipping.send(ship(saga, "00024")); // takes four seconds
        soon(() -> assertThat(shipping.state(saga)).isEqualTo("PENDING"));

        shipping.send(cancel(saga));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("saga.undone.v1"));
        assertThat(shipping.state(saga)).isEqualTo("CANCELLED");
        soon(() -> assertThat(shipping.openIntents(saga)).isEmpty());
        assertThat(shipping.atCarrier(saga)).contains("\"shipments\":1", "\"cancellations\":1");
    }

    @Test
    void staysSilentToAReplayAndAnswersAgainWhenAsked() {
        shipping.send(ship(saga, DELIVERABLE));
        soon(() -> assertThat(shipping.replies(saga)).hasSize(1));

        shipping.send(ship(saga, DELIVERABLE), again(ship(saga, DELIVERABLE), 2));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("shipping.created.v1", "shipping.created.v1"));
        assertThat(shipping.atCarrier(saga)).contains("\"shipments\":1");
    }

    @Test
    void repeatsACallThatFailed() {
        shipping.send(ship(saga, "00001"));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("shipping.created.v1"));
        assertThat(shipping.atCarrier(saga)).contains("\"shipments\":1");
    }

    @Test
    void findsTheShipmentOfACallThatSucceededAndAnsweredWithAnError() {
        shipping.send(ship(saga, "00004"));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("shipping.created.v1"));
        assertThat(shipping.atCarrier(saga)).contains("\"shipments\":1");
    }

    @Test
    void undoesACallThatNeverGetsADefiniteAnswer() {
        shipping.send(ship(saga, "00003"));
        soon(() -> assertThat(shipping.openIntents(saga)).isNotEmpty());

        shipping.send(cancel(saga));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("saga.undone.v1"));
        assertThat(shipping.state(saga)).isEqualTo("VOIDED");
        assertThat(shipping.atCarrier(saga)).isEmpty();
    }

    @Test
    void showsShipmentsAndAnswersNonsenseWithProblems() {
        shipping.send(ship(saga, DELIVERABLE));
        soon(() -> assertThat(shipping.state(saga)).isEqualTo("CREATED"));

        assertThat(shipping.api("/api/v1/shipments/" + saga).body())
                .contains("\"orderId\":\"" + saga + "\"", "\"state\":\"CREATED\"", "\"trackingNumber\":\"SBX");
        assertThat(shipping.api("/api/v1/shipments?state=CREATED&limit=200").body())
                .contains(saga.toString());
        assertThat(shipping.api("/api/v1/shipments/summary").body()).contains("\"CREATED\":");
        assertThat(shipping.api("/api/v1/shipments/" + newSaga()).statusCode()).isEqualTo(404);
        assertThat(shipping.api("/api/v1/shipments/no-uuid").statusCode()).isEqualTo(400);
        assertThat(shipping.api("/api/v1/shipments?cursor=nonsense").statusCode())
                .isEqualTo(400);
        assertThat(shipping.api("/api/v1/shipments?state=LOST").statusCode()).isEqualTo(400);
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }
}
