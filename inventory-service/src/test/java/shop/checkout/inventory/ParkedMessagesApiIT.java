package shop.checkout.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static shop.checkout.inventory.TestMessages.arrived;
import static shop.checkout.inventory.TestMessages.completed;
import static shop.checkout.inventory.TestMessages.line;
import static shop.checkout.inventory.TestMessages.newSaga;
import static shop.checkout.inventory.TestMessages.reserve;
import static shop.checkout.inventory.TestMessages.reserveKey;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.contract.Topics;
import shop.checkout.message.Message;
import shop.checkout.message.SagaId;
import shop.checkout.parking.Parking;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People see what is parked, and release or discard it, each with a reason and one row of audit (G13, R17). */
class ParkedMessagesApiIT extends ServiceUnderTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String WHY = "{\"operator\":\"ann\",\"reason\":\"the cause is mended\"}";

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Parking parking;

    @Autowired
    private MeterRegistry meters;

    @LocalServerPort
    private int port;

    @Test
    void showsWhatIsParkedAndWhatWaitsForIt() throws Exception {
        var saga = newSaga();
        park(reserve(saga, line("tamper", 1)), completed(saga));

        var shown = list("key=" + saga).get("items");

        assertThat(shown).hasSize(2);
        var first = shown.get(0);
        assertThat(first.get("topic").asString()).isEqualTo(Topics.INVENTORY_COMMANDS);
        assertThat(first.get("recordKey").asString()).isEqualTo(saga.toString());
        assertThat(first.get("messageKey").asString())
                .isEqualTo(reserveKey(saga).toString());
        assertThat(first.get("type").asString()).isEqualTo("inventory.reserve.v1");
        assertThat(first.get("reason").asString()).isEqualTo("broken");
        assertThat(first.get("attempts").asInt()).isZero();
        assertThat(first.get("behind").isNull()).isTrue();
        assertThat(shown.get(1).get("behind").isNull()).isTrue(); // of another topic
    }

    @Test
    void pagesThroughAllOfThemOldestFirstAndEachOnce() throws Exception {
        var saga = newSaga();
        park(Stream.generate(() -> completed(saga)).limit(5).toArray(Message[]::new));

        var seen = new ArrayList<Long>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = list("key=" + saga + "&limit=2"
                    + cursor.map(it -> "&cursor=" + it).orElse(""));
            page.get("items").forEach(item -> seen.add(item.get("id").asLong()));
            cursor = Optional.of(page.get("next")).filter(JsonNode::isString).map(JsonNode::asString);
        } while (cursor.isPresent());

        assertThat(seen).hasSize(5).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void releasesAMessageSoThatItIsHandledAtOnceAndWhatQueuesBehindIt() throws Exception {
        var saga = newSaga();
        var kafkaRecords = park(reserve(saga, line("tamper", 1)));
        queue(reserve(saga, line("tamper", 1)), saga);
        long id = ids(saga).getFirst();
        double before = count("checkout.parking.release");

        var released = post(id, "release", WHY, 200);

        assertThat(released.get("id").asLong()).isEqualTo(id);
        soon().untilAsserted(() -> assertThat(ids(saga)).isEmpty());
        assertThat(texts("select state from reservation where order_id = ?::uuid", saga))
                .containsExactly("RESERVED");
        assertThat(audit(saga)).containsExactly("release ann the cause is mended " + id + " payload kept: false");
        assertThat(count("checkout.parking.release")).isEqualTo(before + 1);
        assertThat(kafkaRecords).hasSize(1);
    }

    @Test
    void discardsAMessageAndKeepsItInTheAudit() throws Exception {
        var saga = newSaga();
        park(reserve(saga, line("tamper", 1)));
        long id = ids(saga).getFirst();

        post(id, "discard", WHY, 200);

        assertThat(ids(saga)).isEmpty();
        assertThat(audit(saga)).containsExactly("discard ann the cause is mended " + id + " payload kept: true");
        assertThat(post(id, "discard", WHY, 404).get("code").asString()).isEqualTo("unknown-parked-message");
        assertThat(post(id, "release", WHY, 404).get("code").asString()).isEqualTo("unknown-parked-message");
        assertThat(audit(saga)).hasSize(1);
    }

    @Test
    void neverDiscardsAnEventThatSettlesStock() throws Exception {
        var saga = newSaga();
        park(completed(saga));
        long id = ids(saga).getFirst();

        var problem = post(id, "discard", WHY, 409);

        assertThat(problem.get("code").asString()).isEqualTo("must-be-handled");
        assertThat(ids(saga)).containsExactly(id);
        assertThat(audit(saga)).isEmpty();
    }

    @Test
    void releasesTheFirstOfAQueueOnly() throws Exception {
        var saga = newSaga();
        park(completed(saga), completed(saga));
        jdbc(
                "update parked_message set message_key = message_key || '/other' where id = ?",
                ids(saga).getFirst());
        var ids = ids(saga);

        var problem = post(ids.get(1), "release", WHY, 409);

        assertThat(problem.get("code").asString()).isEqualTo("queues-behind-another");
        assertThat(list("key=" + saga).get("items").get(1).get("behind").asLong())
                .isEqualTo(ids.getFirst());
        assertThat(audit(saga)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"operator\":\"ann\"}",
                "{\"operator\":\"ann\",\"reason\":\" \"}",
                "{\"operator\":\"\",\"reason\":\"x\"}",
                "{\"operator\":\"ann\",\"reason\":\"x\",\"force\":true}",
                "[]"
            })
    void wantsToKnowWhoAndWhy(String body) throws Exception {
        var saga = newSaga();
        park(reserve(saga, line("tamper", 1)));

        assertThat(post(ids(saga).getFirst(), "discard", body, 400).get("code").asString())
                .isEqualTo("invalid-request");
        assertThat(ids(saga)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "x", "-1", "9999999999999999999", "1e3"})
    void knowsNoOtherIds(String id) throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri("/" + id + "/release"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(WHY)))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void keepsAnAuditThatNobodyCanChange() {
        assertThatThrownBy(() -> jdbc("update parking_audit set reason = 'x' where id = ?", 0L))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("append-only");
    }

    @Test
    void countsWhatIsParked() {
        var saga = newSaga();
        park(completed(saga));

        soon().untilAsserted(() -> assertThat(meters.get("checkout.parking.now")
                        .tag("topic", Topics.CHECKOUT_EVENTS)
                        .gauge()
                        .value())
                .isEqualTo(Double.parseDouble(texts(
                                "select count(*)::text from parked_message where topic = 'checkout.events' and ?::uuid is not null",
                                saga)
                        .getFirst())));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30));
    }

    /** So that nothing but a release brings it back during the test. */
    private List<ConsumerRecord<String, byte[]>> park(Message... messages) {
        var kafkaRecords = arrived(messages);
        transaction.executeWithoutResult(status -> {
            kafkaRecords.forEach(it -> parking.park(it, "broken"));
            kafkaRecords.forEach(it -> jdbc.update(
                    "update parked_message set due_at = now() + interval '1 hour' where topic = ? and \"offset\" = ?",
                    it.topic(),
                    it.offset()));
        });
        return kafkaRecords;
    }

    private void queue(Message message, SagaId saga) {
        transaction.executeWithoutResult(status -> arrived(message).forEach(parking::queue));
    }

    private List<Long> ids(SagaId saga) {
        return jdbc.query(
                "select id from parked_message where record_key = ? order by id",
                (row, _) -> row.getLong(1),
                saga.toString());
    }

    private List<String> audit(SagaId saga) {
        return texts(
                "select concat_ws(' ', operation, operator, reason, parked_id, 'payload kept:', (payload is not null)::text) "
                        + "from parking_audit where record_key = ? order by id",
                saga);
    }

    private List<String> texts(String sql, SagaId saga) {
        return jdbc.query(sql, (row, _) -> row.getString(1), saga.toString());
    }

    private void jdbc(String sql, long id) {
        transaction.executeWithoutResult(status -> jdbc.update(sql, id));
    }

    private double count(String counter) {
        return meters.counter(counter, "topic", Topics.INVENTORY_COMMANDS).count();
    }

    private JsonNode list(String query) throws Exception {
        var answer = send(HttpRequest.newBuilder(uri("?" + query)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode post(long id, String operation, String body, int status) throws Exception {
        var answer = send(HttpRequest.newBuilder(uri("/" + id + "/" + operation))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private URI uri(String rest) {
        return URI.create("http://127.0.0.1:" + port + "/api/v1/parked-messages" + rest);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
