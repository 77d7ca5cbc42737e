package shop.checkout.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.checkout.shipping.ShippingUnderTest.cancel;
import static shop.checkout.shipping.ShippingUnderTest.newSaga;
import static shop.checkout.shipping.ShippingUnderTest.ship;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.message.Message;
import shop.checkout.message.SagaId;
import shop.checkout.servers.TestServers;

/** Whatever breaks between a command, its call and its answer: one parcel is made, or none. */
class ShippingFaultsIT {

    private static final String DELIVERABLE = "SW1Y 4JH";
    private static final String ERROR_ONCE = "00001";
    private static final String ERROR_AFTER_SUCCESS = "00004";
    private static final String ANSWER_LOST = "00005";

    @TempDir
    private static Path folder;

    private static ShippingUnderTest shipping;

    private final SagaId saga = newSaga();

    @BeforeAll
    static void start() {
        shipping = ShippingUnderTest.start(
                folder,
                "checkout.shipping.carrier.connect-timeout=200ms",
                "checkout.shipping.carrier.read-timeout=1s",
                "checkout.shipping.carrier.intents.claim=8s",
                "checkout.shipping.carrier.lookup-delay=0s");
    }

    @AfterAll
    static void stop() throws IOException {
        shipping.close();
    }

    @Test
    void makesOneParcelThoughTheCarrierFails() {
        var sagas = Stream.of(ERROR_ONCE, ERROR_AFTER_SUCCESS, ANSWER_LOST)
                .map(postalCode -> {
                    var troubled = newSaga();
                    shipping.send(ship(troubled, postalCode));
                    return troubled;
                })
                .toList();

        soon(() -> assertThat(sagas).allSatisfy(it -> {
            assertThat(shipping.replies(it)).containsExactly("shipping.created.v1");
            assertThat(shipping.atCarrier(it)).contains("\"shipments\":1");
        }));
        assertThat(shipping.calls("shipment", "perform", "TROUBLE")).isPositive();
        assertThat(shipping.calls("shipment", "perform", "TIMEOUT")).isPositive();
    }

    @Test
    void doesNotTakeAKeyThatWasUsedOtherwiseForAParcelNeverMade() {
        shipping.useKey(saga);

        shipping.send(ship(saga, DELIVERABLE), cancel(saga));

        soon(() -> assertThat(shipping.troubles(saga))
                .anySatisfy(it -> assertThat(it).contains("idempotency_key_reused")));
        soon(() -> assertThat(shipping.state(saga)).isEqualTo("CANCELLING"));
        assertThat(shipping.replies(saga)).isEmpty();
    }

    @Test
    void shipsABatchSideBySide() {
        var sagas = Stream.generate(ShippingUnderTest::newSaga).limit(50).toList();

        shipping.send(sagas.stream().map(it -> ship(it, DELIVERABLE)).toArray(Message[]::new));

        soon(() -> assertThat(sagas).allSatisfy(it -> {
            assertThat(shipping.replies(it)).containsExactly("shipping.created.v1");
            assertThat(shipping.atCarrier(it)).contains("\"shipments\":1");
        }));
    }

    @Test
    void shipsOnceWhenItDiesBetweenTheCallAndItsSettlement() throws SQLException {
        var postgres = TestServers.shared().postgres();
        try (var other = DriverManager.getConnection(shipping.database(), postgres.username(), postgres.password());
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table shipment_ledger in share mode"); // nothing can be settled
            shipping.send(ship(saga, DELIVERABLE));
            soon(() -> assertThat(shipping.atCarrier(saga)).contains("\"shipments\":1"));
            shipping.stop();
            other.rollback();
        }

        shipping.restart();

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("shipping.created.v1"));
        assertThat(shipping.ledger(saga)).containsExactly("SHIP");
        assertThat(shipping.atCarrier(saga)).contains("\"shipments\":1");
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(assertion);
    }
}
