package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import shop.checkout.codec.Headers;
import shop.checkout.servers.TestServers;

class RelayHandoverIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration SIX_SECONDS = Duration.ofSeconds(6);
    /** Threads a core that want to run, up to which the limits hold as they are. */
    private static final int BUSY = 2;

    @Test
    void handsOverWithinASecondWhenItStops() throws Exception {
        keeps(A_SECOND, () -> handOver(Relay::stop));
    }

    @Test
    void handsOverWithinASecondWhenItIsToldTo() throws Exception {
        Consumer<Relay> order = relay -> assertThat(relay.stepDown()).isTrue();

        keeps(A_SECOND, () -> handOver(order));
    }

    @Test
    void isTakenOverWithinSixSecondsWhenItIsKilled() throws Exception {
        keeps(SIX_SECONDS, RelayHandoverIT::takeOver);
    }

    /**
     * A machine that is busy with other things can only make it longer, so one of three that keeps the limit shows that it can be kept;
     * where every core has work for several, all takes that much longer.
     */
    private static void keeps(Duration limit, Callable<Duration> measured) throws Exception {
        var quickest = measured.call();
        for (int i = 1; i < 3 && quickest.compareTo(limit) >= 0; i++) {
            var next = measured.call();
            quickest = next.compareTo(quickest) < 0 ? next : quickest;
        }
        var machine = ManagementFactory.getOperatingSystemMXBean();
        double overload = machine.getSystemLoadAverage() / machine.getAvailableProcessors() / BUSY;
        assertThat(quickest).isLessThan(limit.plusMillis((long) (limit.toMillis() * Math.max(0, overload - 1))));
    }

    /** From the order to the first record of the successor. */
    private static Duration handOver(Consumer<Relay> order) throws Exception {
        var fixture = new OutboxFixture(1);
        try (var first = fixture.relay(fixture.settings());
                var second = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic());
                var load = new Load(fixture)) {
            first.start();
            reader.await(20);
            second.start();
            assertThat(second.leadingToken()).isZero();
            assertThat(second.stepDown()).as("it has nothing to step down from").isFalse();

            long ordered = System.currentTimeMillis();
            order.accept(first);
            var records = successorsWork(second, reader, load);

            return Duration.ofMillis(firstOf(second.leadingToken(), records).timestamp() - ordered);
        }
    }

    /** From the kill to the first record of the successor. */
    private static Duration takeOver() throws Exception {
        var fixture = new OutboxFixture(1);
        try (var killed = RelayProcess.start(fixture.settings());
                var standby = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic());
                var load = new Load(fixture)) {
            reader.await(1_000, SOON); // it has settled in, and confirms five times a second
            standby.start();
            reader.await(load.written());

            long kill = System.currentTimeMillis();
            killed.kill();
            var records = successorsWork(standby, reader, load);

            assertThat(repeated(standby.leadingToken(), records))
                    .as("a second's worth of rows is published again at most")
                    .allSatisfy(row -> assertThat(row.timestamp()).isGreaterThan(kill - 1_000));
            return Duration.ofMillis(firstOf(standby.leadingToken(), records).timestamp() - kill);
        }
    }

    /** All records, once the successor has caught up; none is missing and none out of order. */
    private static List<ConsumerRecord<String, byte[]>> successorsWork(Relay successor, TopicReader reader, Load load) {
        await().atMost(SOON).until(() -> successor.leadingToken() > 0);
        reader.await(load.written());
        var written = load.end();
        var records = reader.awaitName(written.getLast());
        assertThat(TopicReader.names(records).stream().distinct()).containsExactlyElementsOf(written);
        return records;
    }

    @Test
    void isRefusedWhenItGoesOnAfterAPauseLongerThanItsLease() throws Exception {
        var fixture = new OutboxFixture(1);
        try (var paused = RelayProcess.start(fixture.settings());
                var standby = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic());
                var load = new Load(fixture)) {
            reader.await(100, SOON);
            standby.start();
            var walsender =
                    fixture.query("select active_pid from pg_replication_slots where database = current_database()");

            paused.pause();
            await().atMost(SOON).until(() -> standby.leadingToken() > 0);
            long newer = standby.leadingToken();
            assertThat(fixture.query("select count(*) from pg_stat_activity where pid = " + walsender))
                    .isEqualTo("0");
            paused.resume();
            await().atMost(SOON).until(() -> fixture.query("""
                    select count(*) from pg_stat_activity where datname = current_database() and application_name like 'lease %'
                    """), "2"::equals); // it waits for its turn like any other
            reader.await(load.written());

            var written = load.end();
            var records = reader.awaitName(written.getLast());
            assertThat(fixture.query("select token from relay_position")).isEqualTo(Long.toString(newer));
            assertThat(standby.leadingToken()).isEqualTo(newer);
            assertThat(TopicReader.names(accepted(records)).stream().distinct()).containsExactlyElementsOf(written);
            assertThat(accepted(records))
                    .last()
                    .extracting(RelayHandoverIT::token)
                    .isEqualTo(newer);

            standby.stop();
            fixture.insert("by the one that was paused");
            assertThat(token(reader.awaitName("by the one that was paused").getLast()))
                    .isGreaterThan(newer);
        }
    }

    @Test
    void isTakenOverWhenItIsCutOff() throws Exception {
        var fixture = new OutboxFixture(1);
        var network = new CutOff(TestServers.shared().postgres().port());
        var throughNetwork = fixture.settingsAt(network.port());
        try (network;
                var first = fixture.relay(throughNetwork);
                var second = fixture.relay(fixture.settings());
                var reader = new TopicReader(fixture.topic())) {
            first.start();
            await().until(() -> first.leadingToken() > 0);
            second.start();
            var saga = UUID.randomUUID();
            fixture.insertInOrder(saga, 1, 50);
            reader.awaitName("50");

            network.cut();
            fixture.insertInOrder(saga, 51, 100);
            await().atMost(SOON).until(() -> second.leadingToken() > 0);
            var records = reader.awaitName("100");

            assertThat(token(records.getLast()))
                    .isEqualTo(second.leadingToken())
                    .isGreaterThan(token(records.getFirst()));
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
            fixture.execute("update relay_position set token = 9000000000000000");
            fixture.insert("second");

            await().atMost(SOON).until(() -> relay.leadingToken() == 9_000_000_000_000_001L);
            fixture.insert("third");
            assertThat(reader.awaitName("third"))
                    .filteredOn(record -> TopicReader.name(record).equals("second"))
                    .extracting(RelayHandoverIT::token)
                    .as("published again, as it could not be confirmed")
                    .contains(9_000_000_000_000_001L);
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

    private static ConsumerRecord<String, byte[]> firstOf(long token, List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .filter(record -> token(record) == token)
                .findFirst()
                .orElseThrow();
    }

    /** The first publication of what was published again under the token. */
    private static List<ConsumerRecord<String, byte[]>> repeated(
            long token, List<ConsumerRecord<String, byte[]>> records) {
        var again = records.stream()
                .filter(record -> token(record) == token)
                .map(TopicReader::name)
                .collect(Collectors.toSet());
        return records.stream()
                .filter(record -> token(record) < token && again.contains(TopicReader.name(record)))
                .toList();
    }

    /** What a consumer takes from one partition: nothing of a smaller token than it has seen. */
    private static List<ConsumerRecord<String, byte[]>> accepted(List<ConsumerRecord<String, byte[]>> records) {
        var accepted = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var record : records) {
            if (accepted.isEmpty() || token(record) >= token(accepted.getLast())) {
                accepted.add(record);
            }
        }
        return accepted;
    }

    private static long token(ConsumerRecord<String, byte[]> record) {
        return Long.parseLong(TopicReader.header(record, Headers.FENCING_TOKEN));
    }
}
