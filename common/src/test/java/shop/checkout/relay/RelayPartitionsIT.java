package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.checkout.relay.TopicReader.names;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.jdbc.DailyPartitions;
import shop.checkout.retention.Retention;
import shop.checkout.retention.RetentionSettings;
import shop.checkout.servers.TestServers;

/** Partitions come and go under a relay that publishes. */
class RelayPartitionsIT {

    private static final Instant NOW = Instant.now();
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(5));

    private final OutboxFixture fixture = new OutboxFixture();
    private final UUID saga = UUID.randomUUID();
    private int rows;

    RelayPartitionsIT() throws Exception {}

    @Test
    void publishesOnWhilePartitionsAreMadeAndDropped() throws Exception {
        var registry = new SimpleMeterRegistry();
        partitions(LONG_AGO).makeAhead();
        try (var relay = fixture.relay(fixture.settings(), registry);
                var reader = new TopicReader(fixture.topic());
                var connection = fixture.connect()) {
            relay.start();
            await().until(() -> relay.leadingToken() > 0);
            insert(connection, LONG_AGO, 50);
            partitions(YESTERDAY).makeAhead();
            insert(connection, YESTERDAY, 50);
            insert(connection, NOW, 50);

            await().atMost(Duration.ofSeconds(60)).until(() -> {
                insert(connection, NOW, 5);
                retention().forget();
                return fixture.query("select to_regclass('%s')".formatted(nameOf(LONG_AGO)))
                        .equals("null");
            });
            insert(connection, NOW, 50);

            assertThat(names(reader.awaitName(Integer.toString(rows))))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, rows)
                            .mapToObj(Integer::toString)
                            .toList());
            assertThat(registry.get("relay.failures").counter().count()).isZero();
            assertThat(registry.get("relay.slot.losses").counter().count()).isZero();
        }
    }

    @Test
    void deliversFromTheLogWhatWasDroppedBeforeItWasRead() throws Exception {
        partitions(LONG_AGO).makeAhead();
        try (var reader = new TopicReader(fixture.topic());
                var connection = fixture.connect()) {
            try (var relay = fixture.relay(fixture.settings())) {
                relay.start();
                insert(connection, NOW, 1);
                reader.awaitName("1");
            }
            insert(connection, LONG_AGO, 20);
            fixture.execute("drop table " + nameOf(LONG_AGO)); // as nobody should
            insert(connection, NOW, 1);

            try (var relay = fixture.relay(fixture.settings())) {
                relay.start();

                assertThat(names(reader.awaitName("22")).stream().distinct())
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, 22)
                                .mapToObj(Integer::toString)
                                .toList());
            }
        }
    }

    @Test
    void losesNothingWhenTheSlotIsLostAfterAPartitionWasDropped() throws Exception {
        partitions(LONG_AGO).makeAhead();
        try (var reader = new TopicReader(fixture.topic());
                var connection = fixture.connect()) {
            try (var relay = fixture.relay(fixture.settings())) {
                relay.start();
                insert(connection, LONG_AGO, 10);
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    insert(connection, NOW, 1);
                    retention().forget();
                    return fixture.query("select to_regclass('%s')".formatted(nameOf(LONG_AGO)))
                            .equals("null");
                });
            }
            insert(connection, LONG_AGO, 10); // its partition is gone: into the default one
            fixture.execute("select pg_drop_replication_slot('%s')"
                    .formatted(fixture.settings().slot()));
            assertThat(retention()).satisfies(Retention::forget);

            try (var relay = fixture.relay(fixture.settings())) {
                relay.start();

                assertThat(names(reader.awaitName(Integer.toString(rows))).stream()
                                .distinct())
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, rows)
                                .mapToObj(Integer::toString)
                                .toList());
            }
        }
    }

    /** A transaction each, named by their numbers. */
    private void insert(Connection connection, Instant at, int count) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into outbox (id, aggregatetype, aggregateid, type, payload, name, send, hlc, created_at)
                values (?, ?, ?, 'payment.charge.v1', '{}', ?, 1, ?, ?::timestamptz)
                """)) {
            for (int i = 0; i < count; i++) {
                rows++;
                insert.setObject(1, new UUID(at.toEpochMilli() << 16 | 0x7000, (1L << 63) + rows));
                insert.setString(2, fixture.topic());
                insert.setObject(3, saga);
                insert.setString(4, Integer.toString(rows));
                insert.setLong(5, rows);
                insert.setString(6, at.toString());
                insert.executeUpdate();
            }
        }
    }

    private Retention retention() {
        return new Retention(
                new RetentionSettings(
                        Duration.ofDays(3),
                        Duration.ofDays(30),
                        Duration.ofDays(1),
                        Duration.ofHours(1),
                        Duration.ofMillis(100)),
                fixture.settings().slot(),
                List.of(),
                Map.of("bootstrap.servers", TestServers.shared().kafka().bootstrapServers()),
                jdbc(),
                transaction(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new SimpleMeterRegistry());
    }

    private DailyPartitions partitions(Instant at) {
        return new DailyPartitions(
                jdbc(), transaction(), Clock.fixed(at, ZoneOffset.UTC), Duration.ofSeconds(1), List.of("outbox"));
    }

    private static String nameOf(Instant at) {
        return new DailyPartitions.Partition(
                        "outbox", at.atOffset(ZoneOffset.UTC).toLocalDate())
                .name();
    }

    private JdbcTemplate jdbc() {
        return new JdbcTemplate(dataSource);
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    private final DriverManagerDataSource dataSource = new DriverManagerDataSource(
            fixture.jdbcUrl(),
            TestServers.shared().postgres().username(),
            TestServers.shared().postgres().password());
}
