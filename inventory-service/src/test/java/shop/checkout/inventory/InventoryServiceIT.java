package shop.checkout.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static shop.checkout.inventory.TestMessages.again;
import static shop.checkout.inventory.TestMessages.completed;
import static shop.checkout.inventory.TestMessages.line;
import static shop.checkout.inventory.TestMessages.newSaga;
import static shop.checkout.inventory.TestMessages.release;
import static shop.checkout.inventory.TestMessages.reserve;
import static shop.checkout.inventory.TestMessages.restock;
import static shop.checkout.inventory.TestMessages.sent;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.contract.Topics;
import shop.checkout.jdbc.DatabaseTrouble;
import shop.checkout.message.Message;
import shop.checkout.message.SagaId;
import shop.checkout.servers.TestServers;

/** What arrives by Kafka is acted on once and answered through the outbox. */
@ExtendWith(OutputCaptureExtension.class)
class InventoryServiceIT extends ServiceUnderTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Value("${spring.datasource.url}")
    private String database;

    @Test
    void ownsItsCommandTopic() throws Exception {
        try (var admin = admin()) {
            var topic = admin.describeTopics(List.of(Topics.INVENTORY_COMMANDS))
                    .allTopicNames()
                    .get();
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, Topics.INVENTORY_COMMANDS);
            var config = admin.describeConfigs(List.of(resource)).all().get();

            assertThat(topic.values())
                    .allSatisfy(it -> assertThat(it.partitions()).hasSize(Topics.PARTITIONS));
            assertThat(config.values())
                    .allSatisfy(it -> assertThat(it.get("retention.ms").value())
                            .isEqualTo(Long.toString(Duration.ofDays(7).toMillis())));
        }
    }

    /** A look at the database may itself meet one of the connections that tests drop. */
    private static ConditionFactory soon() {
        return await().atMost(SOON).ignoreExceptionsInstanceOf(DataAccessException.class);
    }

    @Test
    void reservesAndReleasesWhatKafkaBrings() {
        var saga = newSaga();

        send(reserve(saga, line("espresso-machine", 2)), release(saga));

        soon().untilAsserted(
                        () -> assertThat(replies(saga)).containsExactly("inventory.reserved.v1", "saga.undone.v1"));
        assertThat(state(saga)).isEqualTo("RELEASED");
    }

    @Test
    void turnsACompletedCheckoutIntoASaleThoughTheTopicOfEventsComesLater() throws Exception {
        var saga = newSaga();
        send(reserve(saga, line("milk-jug", 1)));
        soon().untilAsserted(() -> assertThat(replies(saga)).containsExactly("inventory.reserved.v1"));

        createTopic(Topics.CHECKOUT_EVENTS);
        send(completed(saga));

        soon().untilAsserted(() -> assertThat(state(saga)).isEqualTo("SOLD"));
    }

    @Test
    void parksAPoisonMessageAloneAndHandlesTheLaterOnes() {
        var before = newSaga();
        var poisoned = newSaga();
        var after = newSaga();
        var poison = new ProducerRecord<>(
                Topics.INVENTORY_COMMANDS, poisoned.toString(), "{\"orderId\":\"\u0000".getBytes(UTF_8));
        sent(reserve(poisoned, line("tamper", 1))).headers().forEach(poison.headers()::add);

        try (var producer = producer()) {
            producer.send(sent(reserve(before, line("tamper", 1))));
            producer.send(poison);
            producer.send(sent(reserve(after, line("tamper", 1))));
        }

        soon().untilAsserted(() -> {
            assertThat(state(before)).isEqualTo("RESERVED");
            assertThat(state(after)).isEqualTo("RESERVED");
            assertThat(parked(poisoned)).hasSize(1);
        });
        assertThat(replies(poisoned)).isEmpty();
    }

    @Test
    void undoesACommandThatIsParkedAndAnswersBoth() {
        var saga = newSaga();
        var poison = new ProducerRecord<>(Topics.INVENTORY_COMMANDS, saga.toString(), "garbage".getBytes(UTF_8));
        sent(reserve(saga, line("tamper", 1))).headers().forEach(poison.headers()::add);
        try (var producer = producer()) {
            producer.send(poison);
        }
        soon().untilAsserted(() -> assertThat(parked(saga)).hasSize(1));

        send(release(saga));

        soon().untilAsserted(() ->
                assertThat(replies(saga)).containsExactlyInAnyOrder("saga.undone.v1", "saga.superseded.v1"));
        assertThat(parked(saga)).isEmpty();
        send(again(reserve(saga, line("tamper", 1)), 2)); // met by the barrier, as nothing else remembers it
        soon().untilAsserted(() -> assertThat(replies(saga)).hasSize(3).endsWith("saga.superseded.v1"));
        assertThat(state(saga)).isEqualTo("BLOCKED");
    }

    @Test
    void keepsARestockThatComesBeforeTheSaleAndActsOnItAfterwards() throws Exception {
        var saga = newSaga();
        var goodsReturn = newSaga();
        createTopic(Topics.CHECKOUT_EVENTS);
        send(reserve(saga, line("beans-1kg", 3)), restock(goodsReturn, saga));
        soon().untilAsserted(() -> assertThat(parked(goodsReturn)).hasSize(1));

        send(completed(saga));

        soon().untilAsserted(() -> assertThat(replies(goodsReturn)).containsExactly("inventory.restocked.v1"));
        assertThat(state(saga)).isEqualTo("RETURNED");
        assertThat(parked(goodsReturn)).isEmpty();
    }

    @Test
    void parksACompletionWithoutAReservationAndNeverDropsIt() throws Exception {
        var stranger = newSaga();
        createTopic(Topics.CHECKOUT_EVENTS);

        send(completed(stranger));

        soon().untilAsserted(() -> assertThat(parked(stranger)).hasSize(1));
    }

    @Test
    void losesNoCommandAndParksNoneWhenTheDatabaseDropsItsConnections(CapturedOutput log) {
        var sagas = Stream.generate(TestMessages::newSaga).limit(300).toList();

        try (var producer = producer()) {
            for (int i = 0; i < sagas.size(); i++) {
                producer.send(sent(reserve(sagas.get(i), line("descaler", 1))));
                if (i % 50 == 25) {
                    producer.flush();
                    dropConnections();
                }
            }
        }

        soon().untilAsserted(() -> assertThat(sagas).allSatisfy(saga -> {
            assertThat(replies(saga)).containsExactly("inventory.reserved.v1");
            assertThat(parked(saga)).isEmpty();
        }));
    }

    @Test
    void doesNotTakeAConnectionThatIsLostAtCommitForPoison() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    jdbc.update("update stock set name = name");
                    dropConnections();
                }))
                .satisfies(
                        e -> assertThat(DatabaseTrouble.causes(e)).as("%s", e).isTrue());
    }

    @Test
    void doesNothingTwiceAndAnswersTheSameWhenTheInboxHasForgotten() {
        var saga = bornOn("2026-01-15");
        change(
                "create table inbox_20260115 partition of inbox"
                        + " for values from ('019bbef3-b000-0000-0000-000000000000') to ('019bc41a-0c00-0000-0000-000000000000')");
        send(reserve(saga, line("coffee-grinder", 1)));
        soon().untilAsserted(() -> assertThat(replies(saga)).hasSize(1));
        send(release(saga));
        soon().untilAsserted(() -> assertThat(replies(saga)).hasSize(2));
        var books = books(saga);
        assertThat(texts("select tableoid::regclass from inbox where saga_id = ?::uuid", saga))
                .containsExactly("inbox_20260115", "inbox_20260115");

        change("drop table inbox_20260115");
        send(release(saga), reserve(saga, line("coffee-grinder", 1)));

        soon().untilAsserted(() -> assertThat(replies(saga))
                .containsExactly("inventory.reserved.v1", "saga.undone.v1", "saga.undone.v1", "saga.superseded.v1"));
        assertThat(books(saga)).isEqualTo(books);
        assertThat(state(saga)).isEqualTo("RELEASED");
    }

    @Test
    void givesTheSameAnswerToAReservationThatTheInboxHasForgotten() {
        var saga = newSaga();
        send(reserve(saga, line("coffee-grinder", 1)));
        soon().untilAsserted(() -> assertThat(replies(saga)).hasSize(1));
        var books = books(saga);

        change("delete from inbox where saga_id = '%s'".formatted(saga));
        send(reserve(saga, line("coffee-grinder", 1)));

        soon().untilAsserted(() ->
                assertThat(replies(saga)).containsExactly("inventory.reserved.v1", "inventory.reserved.v1"));
        assertThat(texts("select distinct payload from outbox where aggregateid = ?::uuid", saga))
                .hasSize(1);
        assertThat(books(saga)).isEqualTo(books).hasSize(1);
    }

    private void change(String sql) {
        transaction.executeWithoutResult(status -> jdbc.execute(sql));
    }

    private static SagaId bornOn(String day) {
        long millis = Instant.parse(day + "T12:00:00Z").toEpochMilli();
        return new SagaId(new UUID(millis << 16 | 0x7abc, newSaga().value().getLeastSignificantBits()));
    }

    private List<String> books(SagaId saga) {
        return texts(
                "select kind || ' ' || sku || ' ' || quantity from stock_ledger where saga_id = ?::uuid order by kind",
                saga);
    }

    /** As when the server restarts: every connection to this database is gone. */
    private void dropConnections() {
        var embedded = TestServers.shared().postgres();
        try (var superuser = embedded.connect("postgres");
                var statement = superuser.prepareStatement("""
                        select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity
                         where datname = ? and backend_type = 'client backend'
                        """)) {
            statement.setString(1, database.substring(database.lastIndexOf('/') + 1));
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("connections cannot be dropped", e);
        }
    }

    private void send(Message... messages) {
        try (var producer = producer()) {
            for (var message : messages) {
                producer.send(sent(message));
            }
        }
    }

    private List<String> replies(SagaId saga) {
        return texts("select type from outbox where aggregateid = ?::uuid order by id", saga);
    }

    private String state(SagaId saga) {
        return String.join(" ", texts("select state from reservation where order_id = ?::uuid", saga));
    }

    private List<String> parked(SagaId saga) {
        return texts("select message_key from parked_message where record_key = ?", saga);
    }

    private List<String> texts(String sql, SagaId saga) {
        return jdbc.query(sql, (row, _) -> row.getString(1), saga.toString());
    }

    private static KafkaProducer<String, byte[]> producer() {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                TestServers.shared().kafka().bootstrapServers());
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private static Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                TestServers.shared().kafka().bootstrapServers()));
    }

    private static void createTopic(String topic) throws Exception {
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, Topics.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(TopicExistsException.class);
        }
    }
}
