package shop.checkout.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static shop.checkout.shipping.ShippingUnderTest.again;
import static shop.checkout.shipping.ShippingUnderTest.cancelPickUp;
import static shop.checkout.shipping.ShippingUnderTest.newSaga;
import static shop.checkout.shipping.ShippingUnderTest.schedulePickUp;
import static shop.checkout.shipping.ShippingUnderTest.ship;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import shop.checkout.message.SagaId;

/** Commands that arrive by Kafka have goods fetched by the carrier once, and are answered through the outbox. */
class PickUpIT {

    private static final String FETCHED = "SW1Y 4JH";

    @TempDir
    private static Path folder;

    private static ShippingUnderTest shipping;

    private final SagaId order = newSaga();
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
    void hasTheGoodsFetched() {
        shipping.send(schedulePickUp(saga, order, FETCHED));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("shipping.pick-up-scheduled.v1"));
        assertThat(shipping.pickUpLedger(saga)).containsExactly("SCHEDULE");
        assertThat(shipping.atCarrier(saga)).contains("\"pickUps\":1", "\"pickUpCancellations\":0");
        assertThat(shipping.openIntents(saga)).isEmpty();
        assertThat(shipping.api("/api/v1/pick-ups/" + saga).body())
                .contains(
                        "\"returnId\":\"" + saga + "\"",
                        "\"orderId\":\"" + order + "\"",
                        "\"state\":\"SCHEDULED\"",
                        "\"number\":\"SBP");
    }

    @Test
    void tellsThatNothingIsFetchedThere() {
        shipping.send(schedulePickUp(saga, order, "99999"));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("shipping.pick-up-refused.v1"));
        assertThat(shipping.pickUpLedger(saga)).isEmpty();
        assertThat(shipping.api("/api/v1/pick-ups/" + saga).body())
                .contains("\"state\":\"REFUSED\"", "no pick-ups at postal code 99999");
    }

    @Test
    void cancelsThePickUp() {
        shipping.send(schedulePickUp(saga, order, FETCHED));
        soon(() -> assertThat(shipping.replies(saga)).hasSize(1));

        shipping.send(cancelPickUp(saga, order));

        soon(() ->
                assertThat(shipping.replies(saga)).containsExactly("shipping.pick-up-scheduled.v1", "saga.undone.v1"));
        assertThat(shipping.pickUpLedger(saga)).containsExactly("SCHEDULE", "CANCEL");
        assertThat(shipping.atCarrier(saga)).contains("\"pickUps\":1", "\"pickUpCancellations\":1");
        assertThat(shipping.api("/api/v1/pick-ups/" + saga).body()).contains("\"state\":\"CANCELLED\"");
    }

    @Test
    void undoesBeforeItDoesAndThenNeverDoes() {
        shipping.send(cancelPickUp(saga, order), schedulePickUp(saga, order, FETCHED));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("saga.undone.v1", "saga.superseded.v1"));
        assertThat(shipping.atCarrier(saga)).isEmpty();
    }

    @Test
    void cancelsAPickUpWhoseCallIsUnderWay() {
        shipping.send(schedulePickUp(saga, order, "99924")); // takes four seconds
        soon(() -> assertThat(shipping.openIntents(saga)).isNotEmpty());

        shipping.send(cancelPickUp(saga, order));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("saga.undone.v1"));
        soon(() -> assertThat(shipping.openIntents(saga)).isEmpty());
        assertThat(shipping.atCarrier(saga)).contains("\"pickUps\":1", "\"pickUpCancellations\":1");
    }

    @Test
    void schedulesOneThoughTheCarrierFails() {
        var errorOnce = newSaga();
        var errorAfterSuccess = newSaga();

        shipping.send(schedulePickUp(errorOnce, order, "99901"), schedulePickUp(errorAfterSuccess, order, "99904"));

        soon(() -> assertThat(List.of(errorOnce, errorAfterSuccess)).allSatisfy(it -> {
            assertThat(shipping.replies(it)).containsExactly("shipping.pick-up-scheduled.v1");
            assertThat(shipping.atCarrier(it)).contains("\"pickUps\":1");
        }));
    }

    @Test
    void cancelsACallThatNeverGetsADefiniteAnswer() {
        shipping.send(schedulePickUp(saga, order, "99903"));
        soon(() -> assertThat(shipping.openIntents(saga)).isNotEmpty());

        shipping.send(cancelPickUp(saga, order));

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("saga.undone.v1"));
        assertThat(shipping.atCarrier(saga)).isEmpty();
        assertThat(shipping.api("/api/v1/pick-ups/" + saga).body()).contains("\"state\":\"VOIDED\"");
    }

    @Test
    void staysSilentToAReplayAndAnswersAgainWhenAsked() {
        var command = schedulePickUp(saga, order, FETCHED);
        shipping.send(command);
        soon(() -> assertThat(shipping.replies(saga)).hasSize(1));

        shipping.send(command, again(command, 2));

        soon(() -> assertThat(shipping.replies(saga))
                .containsExactly("shipping.pick-up-scheduled.v1", "shipping.pick-up-scheduled.v1"));
        assertThat(shipping.atCarrier(saga)).contains("\"pickUps\":1");
    }

    @Test
    void shipsAndFetchesFromOneTopic() {
        shipping.send(ship(order, FETCHED), schedulePickUp(saga, order, FETCHED));

        soon(() -> {
            assertThat(shipping.replies(order)).containsExactly("shipping.created.v1");
            assertThat(shipping.replies(saga)).containsExactly("shipping.pick-up-scheduled.v1");
        });
        assertThat(shipping.ledger(order)).containsExactly("SHIP");
    }

    @Test
    void schedulesOnceThoughItIsStoppedMeanwhile() {
        shipping.send(schedulePickUp(saga, order, "99922")); // takes two seconds
        soon(() -> assertThat(shipping.openIntents(saga)).isNotEmpty());

        shipping.stop();
        shipping.restart();

        soon(() -> assertThat(shipping.replies(saga)).containsExactly("shipping.pick-up-scheduled.v1"));
        assertThat(shipping.atCarrier(saga)).contains("\"pickUps\":1");
    }

    @Test
    void keepsItsLedgerAppendOnly() {
        assertThatThrownBy(() -> shipping.jdbc().execute("delete from pick_up_ledger"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("append-only");
    }

    @Test
    void listsPickUpsAndAnswersNonsenseWithProblems() {
        shipping.send(schedulePickUp(saga, order, FETCHED));
        soon(() -> assertThat(shipping.replies(saga)).hasSize(1));

        var first = shipping.api("/api/v1/pick-ups?limit=1").body();
        var next = first.replaceFirst(".*\"next\":\"([^\"]*)\".*", "$1");
        assertThat(shipping.api("/api/v1/pick-ups?limit=200").body()).contains(saga.toString());
        assertThat(shipping.api("/api/v1/pick-ups?limit=1&cursor=" + next).statusCode())
                .isEqualTo(200);
        assertThat(shipping.api("/api/v1/pick-ups/" + newSaga()).statusCode()).isEqualTo(404);
        assertThat(shipping.api("/api/v1/pick-ups/no-uuid").statusCode()).isEqualTo(400);
        assertThat(shipping.api("/api/v1/pick-ups?cursor=nonsense").statusCode())
                .isEqualTo(400);
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }
}
