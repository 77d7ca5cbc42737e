package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.embedded.EmbeddedKafka;

class RelayFaultIT {

    private static final int ROWS = 4_000;
    private static final String LARGE = "{\"x\":\"" + "x".repeat(20_000) + "\"}";

    @TempDir
    Path folder;

    @Test
    void losesNothingWhileKafkaIsAwayAndHoldsLittleInMemory() throws Exception {
        var fixture = new OutboxFixture();
        var kafka = EmbeddedKafka.start(folder, 0);
        OutboxFixture.createTopic(kafka.bootstrapServers(), fixture.topic(), 1);
        var tuning = fixture.settings().tuning().withQueue(1_000, 4 << 20).withAckLimit(Duration.ofSeconds(2));
        var registry = new SimpleMeterRegistry();
        var relay = fixture.relay(fixture.settingsOn(kafka.bootstrapServers()).with(tuning), registry);
        try (relay) {
            relay.start();
            await().until(() -> relay.leadingToken() > 0);
            kafka.close();
            long before = usedHeap();

            var saga = UUID.randomUUID();
            try (var connection = fixture.connect()) {
                for (int i = 1; i <= ROWS; i++) {
                    fixture.insert(connection, saga, Integer.toString(i), LARGE);
                }
            }
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> registry.get("relay.failures").counter().count() >= 2);

            // the rows are 80 MB, twice that as strings; what is garbage goes sooner or later
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(usedHeap() - before).isLessThan(40L << 20));
            kafka = EmbeddedKafka.start(folder, kafka.port());
            try (var reader = new TopicReader(fixture.topic(), kafka.bootstrapServers())) {
                var names = TopicReader.names(reader.awaitName(Integer.toString(ROWS), Duration.ofMinutes(2)));
                assertThat(names.stream().distinct())
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS)
                                .mapToObj(Integer::toString)
                                .toList());
            }
        } finally {
            kafka.close();
        }
    }

    /** Neither Debezium's heartbeats nor the driver's keep-alive may: what they have read is confirmed only after the position's row says so. */
    @Test
    void confirmsNothingByItselfWhileThePositionCannotBeStored() throws Exception {
        var fixture = new OutboxFixture(1);
        try (var relay = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic());
                var blocker = fixture.connect()) {
            relay.start();
            fixture.insert("first");
            reader.awaitName("first");
            await().until(() -> relay.leadingToken() > 0);
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("select from relay_position for update");
            fixture.execute("create table elsewhere as select generate_series(1, 100000)");

            await().during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> fixture.query("""
                            select confirmed_flush_lsn <= lsn and lsn < pg_current_wal_lsn() - 1000000
                            from relay_position, pg_replication_slots where slot_name = slot
                            """), "t"::equals);

            assertThat(relay.leadingToken()).as("it still runs, and waits").isPositive();
        }
    }

    @Test
    void publishesFromTheTableWhatALostSlotCannotDeliver() throws Exception {
        var fixture = new OutboxFixture(1);
        var settings = fixture.settings();
        try (var reader = new TopicReader(fixture.topic())) {
            var saga = UUID.randomUUID();
            try (var relay = fixture.relay(settings)) {
                relay.start();
                fixture.insertInOrder(saga, 1, 10);
                reader.awaitName("10");
                await().atMost(Duration.ofSeconds(15))
                        .until(() -> fixture.query("select published is not null from relay_position"), "t"::equals);
            }
            fixture.insertInOrder(saga, 11, 20);
            fixture.query("select pg_drop_replication_slot('%s')".formatted(settings.slot()));
            fixture.insertInOrder(saga, 21, 30);
            var registry = new SimpleMeterRegistry();

            try (var successor = fixture.relay(settings, registry)) {
                successor.start();
                fixture.insertInOrder(saga, 31, 40);
                var names = TopicReader.names(reader.awaitName("40"));

                assertThat(names.stream().distinct())
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, 40)
                                .mapToObj(Integer::toString)
                                .toList());
                assertThat(registry.get("relay.slot.losses").counter().count()).isEqualTo(1);
            }
        }
    }

    @Test
    void noticesASlotThatWasMadeAnew() throws Exception {
        var fixture = new OutboxFixture(1);
        var settings = fixture.settings();
        try (var reader = new TopicReader(fixture.topic())) {
            try (var relay = fixture.relay(settings)) {
                relay.start();
                fixture.insert("before");
                reader.awaitName("before");
            }
            fixture.insert("between");
            fixture.query("select pg_drop_replication_slot('%s')".formatted(settings.slot()));
            fixture.query("select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(settings.slot()));
            var registry = new SimpleMeterRegistry();

            try (var successor = fixture.relay(settings, registry)) {
                successor.start();

                assertThat(TopicReader.names(reader.awaitName("between"))).contains("before", "between");
                assertThat(registry.get("relay.slot.losses").counter().count()).isEqualTo(1);
            }
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
