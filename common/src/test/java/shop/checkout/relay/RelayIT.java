package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.checkout.relay.TopicReader.names;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import shop.checkout.time.Hlc;
import shop.checkout.trace.RecordedTraces;

class RelayIT {

    /** Usually half a second. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(6);

    @Test
    void publishesEveryCommittedRowOnceInTheOrderOfCommits() throws Exception {
        var fixture = new OutboxFixture();
        try (var relay = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic())) {
            relay.start();
            await().until(() -> relay.leadingToken() > 0);
            var saga = fixture.insertInOrder(500);

            var records = reader.awaitName("500");

            assertThat(names(records))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 500)
                            .mapToObj(Integer::toString)
                            .toList());
            assertThat(records).allSatisfy(record -> assertThat(record.key()).isEqualTo(saga.toString()));
        }
    }

    @Test
    void describesEachRecordByCloudEventHeaders() throws Exception {
        var fixture = new OutboxFixture();
        try (var relay = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic())) {
            relay.start();
            var saga = UUID.randomUUID();
            await().until(() -> relay.leadingToken() > 0);
            try (var connection = fixture.connect()) {
                fixture.insert(connection, saga, "charge-payment", "{\"note\":\"Grüße, 世界\"}");
            }

            var record = reader.await(1).getFirst();

            var headers = headers(record);
            assertThat(Instant.parse(headers.remove("ce_time")))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1))
                    .isEqualTo(Instant.ofEpochMilli(
                            Hlc.parse(headers.remove("ce_hlc")).epochMillis()));
            assertThat(headers)
                    .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                            Map.entry("ce_id", saga + "/charge-payment"),
                            Map.entry("ce_source", "/payment-service"),
                            Map.entry("ce_type", "payment.charge.v1"),
                            Map.entry("ce_specversion", "1.0"),
                            Map.entry("content-type", "application/json"),
                            Map.entry("ce_causationid", saga + "/cause"),
                            Map.entry("ce_fencingtoken", Long.toString(relay.leadingToken())),
                            Map.entry("ce_replyto", "checkout.replies"),
                            Map.entry("ce_send", "1"),
                            Map.entry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
            assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo("{\"note\":\"Grüße, 世界\"}");
        }
    }

    @Test
    void debeziumKeepsNoMetricsAboutRows() throws Exception {
        var fixture = new OutboxFixture();
        try (var relay = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic())) {
            relay.start();
            await().until(() -> relay.leadingToken() > 0);
            fixture.insertInOrder(1);
            reader.await(1);

            var debezium = ManagementFactory.getPlatformMBeanServer();
            var metrics = new ObjectName("debezium.postgres:type=connector-metrics,context=streaming,server="
                    + fixture.settings().slot());

            assertThat(debezium.getAttribute(metrics, "TotalNumberOfEventsSeen"))
                    .isEqualTo(1L);
            assertThat(debezium.getAttribute(metrics, "LastEvent")).isEqualTo("");
            assertThat(debezium.getAttribute(metrics, "MilliSecondsBehindSource"))
                    .isEqualTo(-1L);
        }
    }

    @Test
    void tellsHowLongARowOfASampledTraceWasOnItsWay() throws Exception {
        var recorded = new RecordedTraces();
        var fixture = new OutboxFixture();
        try (var relay = fixture.relay(fixture.settings(), new SimpleMeterRegistry(), recorded.traces());
                var reader = new TopicReader(fixture.topic())) {
            var before = Instant.now().minusMillis(1);
            fixture.insertInOrder(1);
            relay.start();
            reader.await(1);
            await().until(() -> !recorded.spans().isEmpty());

            var span = recorded.named("send payment.charge.v1");
            assertThat(span.getParentSpanContext().getSpanId()).isEqualTo("b7ad6b7169203331");
            assertThat(span.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(nanos(span.getStartEpochNanos())).isBetween(before, nanos(span.getEndEpochNanos()));
            assertThat(nanos(span.getEndEpochNanos())).isBefore(Instant.now());
        }
    }

    private static Instant nanos(long epochNanos) {
        return Instant.ofEpochSecond(0, epochNanos);
    }

    @Test
    void publishesWhatWasWrittenBeforeItsVeryFirstStart() throws Exception {
        var fixture = new OutboxFixture();
        fixture.insertInOrder(10);

        try (var relay = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic())) {
            relay.start();

            assertThat(names(reader.awaitName("10")))
                    .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        }
    }

    @Test
    void neverPublishesWhatWasRolledBack() throws Exception {
        var fixture = new OutboxFixture();
        try (var relay = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic());
                var connection = fixture.connect()) {
            relay.start();
            await().until(() -> relay.leadingToken() > 0);
            connection.setAutoCommit(false);
            fixture.insert(connection, UUID.randomUUID(), "undone", "{}");
            connection.rollback();
            fixture.insert(connection, UUID.randomUUID(), "done", "{}");
            connection.commit();

            assertThat(names(reader.awaitName("done"))).containsExactly("done");
        }
    }

    @Test
    void publishesAgainWhatWasPublishedButNotConfirmed() throws Exception {
        var fixture = new OutboxFixture(1);
        try (var reader = new TopicReader(fixture.topic())) {
            try (var killed = fixture.relay(fixture.settings());
                    var blocker = fixture.connect()) {
                // before there is a slot: it is read from the table, so no confirmation of it is under way
                fixture.insert("first");
                killed.start();
                reader.awaitName("first");
                await().until(() -> fixture.query("select lsn > '0/0' from relay_position"), "t"::equals);
                blocker.setAutoCommit(false);
                blocker.createStatement().execute("select from relay_position for update"); // nothing can be confirmed
                fixture.insertAtOnce(20);
                reader.awaitName("20");
                killed.stop();
            }

            try (var successor = fixture.relay(fixture.settings())) {
                successor.start();
                fixture.insert("last");

                var names = names(reader.awaitName("last"));
                for (int i = 1; i <= 20; i++) {
                    assertThat(names).filteredOn(Integer.toString(i)::equals).hasSize(2);
                }
            }
        }
    }

    @Test
    void keepsTheSlotMovingWhenTheOutboxIsQuiet() throws Exception {
        var fixture = new OutboxFixture();
        var tuning = fixture.settings().tuning();
        var settings = fixture.settings().with(tuning.withHeartbeat(Duration.ofMillis(500)));
        try (var relay = fixture.relay(settings)) {
            relay.start();
            await().until(() -> relay.leadingToken() > 0);
            fixture.execute("create table elsewhere as select generate_series(1, 1000)");
            var written = fixture.query("select pg_current_wal_lsn()");

            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(fixture.query(
                                    "select confirmed_flush_lsn > '%s' from pg_replication_slots where database = current_database()"
                                            .formatted(written)))
                            .isEqualTo("t"));
        }
    }

    @Test
    void servesTwoDatabasesFromOneJvm() throws Exception {
        var one = new OutboxFixture();
        var other = new OutboxFixture();
        try (var oneRelay = one.relay(one.settings());
                var otherRelay = other.relay(other.settings());
                var oneReader = new TopicReader(one.topic());
                var otherReader = new TopicReader(other.topic())) {
            oneRelay.start();
            otherRelay.start();
            await().until(() -> oneRelay.leadingToken() > 0 && otherRelay.leadingToken() > 0);

            one.insertInOrder(100);
            other.insertInOrder(100);
            assertThat(oneReader.awaitName("100")).hasSize(100);
            oneRelay.stop();
            other.insert("after the first has stopped");

            assertThat(otherReader.awaitName("after the first has stopped")).hasSize(101);
        }
    }

    @Test
    void leavesNoThreadNoSessionAndNoMeterBehind() throws Exception {
        var fixture = new OutboxFixture();
        var registry = new SimpleMeterRegistry();
        var before = Thread.getAllStackTraces().keySet();
        var relay = fixture.relay(fixture.settings(), registry);
        relay.start();
        fixture.insert("first");
        await().until(() -> registry.get("relay.published.rows").counter().count() >= 1);

        long asked = System.nanoTime();
        relay.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(STOP_LIMIT);
        assertThat(registry.getMeters()).isEmpty();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> fixture.query(
                                "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
                        .isEmpty());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !before.contains(thread))
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("relay-")
                                || name.startsWith("lease-")
                                || name.startsWith("debezium-")
                                || name.startsWith("pool-")
                                || name.startsWith("Thread-")
                                || name.startsWith("kafka-producer")));
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        var headers = new TreeMap<String, String>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
