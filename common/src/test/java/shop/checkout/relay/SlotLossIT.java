package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shop.checkout.lease.Lease;
import shop.checkout.lease.LeaseKeeper;
import shop.checkout.lease.LeaseTimes;
import shop.checkout.trace.Traces;

/** Whatever happens to the slot, whenever: all that was committed is on the topic, in order, and operators are told. */
class SlotLossIT {

    private static final Duration SOON = Duration.ofMinutes(1);

    /** Under load, so that rows are written before, while and after it happens. */
    enum Loss {
        DROPPED {
            @Override
            void strike(OutboxFixture fixture) throws SQLException {
                fixture.dropSlot();
            }
        },
        MADE_ANEW {
            @Override
            void strike(OutboxFixture fixture) throws SQLException {
                fixture.replaceSlot();
            }
        },
        INVALIDATED {
            @Override
            void strike(OutboxFixture fixture) throws SQLException {
                fixture.invalidateSlot();
            }
        };

        abstract void strike(OutboxFixture fixture) throws SQLException;
    }

    @ParameterizedTest
    @EnumSource
    void isHealedBeforeTheStart(Loss loss) throws Exception {
        var fixture = new OutboxFixture(1);
        var registry = new SimpleMeterRegistry();
        try (var reader = new TopicReader(fixture.topic());
                var load = new Load(fixture);
                var successor = fixture.relay(fixture.settings(), registry)) {
            try (var relay = fixture.relay(fixture.settings())) {
                relay.start();
                reader.await(200);
            }
            int published = load.written();
            await().until(() -> load.written() > published);
            loss.strike(fixture);
            int struck = load.written();
            await().until(() -> load.written() > struck);

            successor.start();

            assertThatNothingIsLost(fixture, registry, reader, load);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isHealedWhileRunning(Loss loss) throws Exception {
        var fixture = new OutboxFixture(1);
        var registry = new SimpleMeterRegistry();
        try (var reader = new TopicReader(fixture.topic());
                var load = new Load(fixture);
                var relay = fixture.relay(fixture.settings(), registry)) {
            relay.start();
            reader.await(200);

            loss.strike(fixture);

            assertThatNothingIsLost(fixture, registry, reader, load);
        }
    }

    /** Debezium makes it in silence; rows from it would overtake those that lie before it. */
    @Test
    void publishesNothingFromASlotMadeAnewSinceTheTakeover() throws Exception {
        var fixture = new OutboxFixture(1);
        var settings = fixture.settings();
        var database = new Database(settings);
        var lease = new CompletableFuture<Lease>();
        try (var keeper = new LeaseKeeper(database.dataSource("lease"), "test", "one", LeaseTimes.DEFAULT, taken -> {
                    lease.complete(taken);
                    return () -> {};
                });
                var connection = fixture.connect()) {
            keeper.start();
            var held = lease.get(10, TimeUnit.SECONDS);
            var metrics = new RelayMetrics(new SimpleMeterRegistry(), settings.slot(), Clock.systemUTC());
            var position = new Position(connection, settings.slot(), held.token());
            try (var kafka = new KafkaPublisher(settings, held);
                    var reader = new TopicReader(fixture.topic())) {
                var publishing = new Publishing(
                        kafka,
                        new RecordWriter(settings.source(), held.token()),
                        position,
                        metrics,
                        Traces.off(new Random(1)),
                        settings.tuning());
                new Takeover(
                                settings.slot(),
                                connection,
                                position,
                                new Republication(connection, 100, held::held),
                                metrics)
                        .run(publishing::publish);
                fixture.insert("before the new slot");
                fixture.dropSlot();
                var engine = new OutboxEngine(settings, database, publishing);
                var failure = CompletableFuture.supplyAsync(engine::run);
                await().atMost(SOON)
                        .until(
                                () -> fixture.query("select active from pg_replication_slots where slot_name = '%s'"
                                        .formatted(settings.slot())),
                                "t"::equals);
                fixture.insert("after");

                assertThat(failure.get(1, TimeUnit.MINUTES))
                        .hasValueSatisfying(it -> assertThat(it).hasStackTraceContaining("is ahead of relay_position"));
                assertThat(publishing.hasProgressed()).isFalse();
                assertThat(reader.readOn()).isEmpty();
            }
        }
    }

    /** As by pg_dump and pg_restore: the old snapshot would call new transactions published, whose numbers begin anew. */
    @Test
    void trustsNoPositionOfAnotherPostgres() throws Exception {
        var fixture = new OutboxFixture(1);
        try (var reader = new TopicReader(fixture.topic())) {
            fixture.insert("before");
            try (var relay = fixture.relay(fixture.settings())) {
                relay.start();
                reader.awaitName("before");
                await().until(() -> fixture.query("select lsn > '0/0' from relay_position"), "t"::equals);
            }
            fixture.dropSlot();
            fixture.insert("after");
            fixture.execute("update relay_position set system_identifier = 1, published = '999999999:999999999:'");

            try (var restored = fixture.relay(fixture.settings())) {
                restored.start();

                assertThat(TopicReader.names(reader.awaitName("after"))).contains("before", "after");
            }
        }
    }

    private static void assertThatNothingIsLost(
            OutboxFixture fixture, SimpleMeterRegistry registry, TopicReader reader, Load load) throws SQLException {
        await().atMost(SOON)
                .until(() -> registry.get("relay.slot.losses").counter().count() >= 1);
        int healed = load.written();
        await().until(() -> load.written() > healed + 100);
        var written = load.end();
        assertThat(TopicReader.names(reader.awaitName(written.getLast(), SOON)).stream()
                        .distinct())
                .containsExactlyElementsOf(written);
        assertThat(registry.get("relay.slot.losses").counter().count()).isEqualTo(1);
        assertThat(fixture.query("""
                select wal_status || ' ' || failover from pg_replication_slots where slot_name = '%s'
                """.formatted(fixture.settings().slot()))).isEqualTo("reserved true");
    }
}
