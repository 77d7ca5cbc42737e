package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import shop.checkout.codec.Headers;
import shop.checkout.embedded.Embedded;

class RelayHandoverIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void handsOverAtOnceWhenItStops() throws Exception {
        var fixture = new OutboxFixture();
        try (var first = fixture.relay(fixture.settings());
                var second = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic())) {
            first.start();
            await().until(() -> first.leadingToken() == 1);
            second.start();
            fixture.insert("by the first");
            reader.awaitName("by the first");
            assertThat(second.leadingToken()).isZero();

            first.stop();
            assertThat(fixture.query("select token > 1 or expires_at <= clock_timestamp() from lease"))
                    .as("the lease is given back, not left to run out")
                    .isEqualTo("t");
            await().atMost(SOON).until(() -> second.leadingToken() > 0);

            fixture.insert("by the second");
            var records = reader.awaitName("by the second");
            assertThat(token(records.getFirst())).isEqualTo(1);
            assertThat(token(records.getLast())).isEqualTo(2);
        }
    }

    @Test
    void isTakenOverWhenItIsCutOff() throws Exception {
        var fixture = new OutboxFixture(1);
        var network = new CutOff(Embedded.shared().postgres().port());
        var throughNetwork = fixture.settingsAt(network.port());
        try (network;
                var first = fixture.relay(throughNetwork);
                var second = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic())) {
            first.start();
            await().until(() -> first.leadingToken() == 1);
            second.start();
            var saga = UUID.randomUUID();
            fixture.insertInOrder(saga, 1, 50);
            reader.awaitName("50");

            network.cut();
            fixture.insertInOrder(saga, 51, 100);
            await().atMost(SOON).until(() -> second.leadingToken() > 0);
            var records = reader.awaitName("100");

            assertThat(token(records.getLast())).isEqualTo(2);
            assertThat(TopicReader.names(records).stream().distinct())
                    .hasSize(100)
                    .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 100)
                            .mapToObj(Integer::toString)
                            .toList());
            await().atMost(SOON).until(() -> first.leadingToken() == 0);
        }
    }

    @Test
    void goesOnAfterPostgresEndedItsConnections() throws Exception {
        var fixture = new OutboxFixture();
        try (var relay = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic())) {
            relay.start();
            fixture.insert("before");
            reader.awaitName("before");

            fixture.query("""
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()
                    """);
            fixture.insert("after");

            assertThat(reader.awaitName("after")).isNotEmpty();
        }
    }

    @Test
    void confirmsNothingOnceANewerLeaseHasBeenAtWork() throws Exception {
        var fixture = new OutboxFixture();
        try (var relay = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic())) {
            relay.start();
            fixture.insert("first");
            reader.awaitName("first");

            await().atMost(SOON).until(() -> relay.leadingToken() > 0); // then the row is there
            fixture.execute("update relay_position set token = 99");
            fixture.insert("second");

            await().atMost(SOON).until(() -> relay.leadingToken() == 100);
            fixture.insert("third");
            assertThat(reader.awaitName("third"))
                    .filteredOn(record -> TopicReader.name(record).equals("second"))
                    .extracting(RelayHandoverIT::token)
                    .as("published again, as it could not be confirmed")
                    .contains(100L);
        }
    }

    @Test
    void publishesUnderANewTokenAfterEveryFailure() throws Exception {
        var fixture = new OutboxFixture();
        try (var relay = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic())) {
            relay.start();
            fixture.insert("before");
            long before = token(reader.awaitName("before").getLast());
            await().atMost(SOON).until(() -> relay.leadingToken() == before);

            await().atMost(SOON)
                    .until(() -> fixture.query("""
                    select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = '%s' and active
                    """.formatted(fixture.settings().slot())), "t"::equals);
            await().atMost(SOON).until(() -> relay.leadingToken() > before);
            fixture.insert("after");

            assertThat(token(reader.awaitName("after").getLast())).isGreaterThan(before);
        }
    }

    private static long token(ConsumerRecord<String, byte[]> record) {
        return Long.parseLong(TopicReader.header(record, Headers.FENCING_TOKEN));
    }
}
