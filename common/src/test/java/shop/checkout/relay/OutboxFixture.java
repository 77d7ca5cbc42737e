package shop.checkout.relay;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.flywaydb.core.Flyway;
import shop.checkout.servers.TestServers;
import shop.checkout.time.Hlc;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;

/** A database with an outbox and a topic, both of their own, on the real PostgreSQL and Kafka of this JVM. */
final class OutboxFixture {

    private static final String INSERT = """
            insert into outbox (aggregatetype, aggregateid, type, payload, name, cause, reply_to, send, hlc, traceparent)
            values (?, ?::uuid, 'payment.charge.v1', ?, ?, ?, ?, 1, ?, ?)
            """;
    private static final int PARTITIONS = 12;

    private final String jdbcUrl = TestServers.shared().freshDatabase();
    private final String topic;
    private final HybridClock clock = new HybridClock(Clock.systemUTC());

    OutboxFixture() throws SQLException, ExecutionException, InterruptedException {
        this(PARTITIONS);
    }

    OutboxFixture(int partitions) throws SQLException, ExecutionException, InterruptedException {
        Flyway.configure().dataSource(jdbcUrl, user(), password()).load().migrate();
        topic = "payment.commands." + database();
        createTopic(TestServers.shared().kafka().bootstrapServers(), topic, partitions);
    }

    static void createTopic(String bootstrapServers, String topic, int partitions)
            throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    RelaySettings settings() {
        return settings(jdbcUrl, TestServers.shared().kafka().bootstrapServers());
    }

    /** The database reached by another port. */
    RelaySettings settingsAt(int port) {
        return settings(
                jdbcUrl.replace(":" + TestServers.shared().postgres().port() + "/", ":" + port + "/"),
                TestServers.shared().kafka().bootstrapServers());
    }

    RelaySettings settingsOn(String bootstrapServers) {
        return settings(jdbcUrl, bootstrapServers);
    }

    private RelaySettings settings(String url, String bootstrapServers) {
        return RelaySettings.of(database() + "_outbox", url, user(), password(), bootstrapServers, "/payment-service");
    }

    Relay relay(RelaySettings settings) {
        return relay(settings, new SimpleMeterRegistry());
    }

    Relay relay(RelaySettings settings, MeterRegistry registry) {
        return relay(settings, registry, Traces.off(new Random(1)));
    }

    Relay relay(RelaySettings settings, MeterRegistry registry, Traces traces) {
        return new Relay(settings, registry, Clock.systemUTC(), traces);
    }

    String topic() {
        return topic;
    }

    String jdbcUrl() {
        return jdbcUrl;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user(), password());
    }

    /** From now on rows are written by a clock that is ahead. */
    void setClockForward(Duration ahead) {
        clock.observe(Hlc.of(Instant.now().plus(ahead).toEpochMilli(), 0));
    }

    /** One row in a transaction of its own. */
    void insert(String name) throws SQLException {
        try (var connection = connect()) {
            insert(connection, UUID.randomUUID(), name, "{}");
        }
    }

    /** Rows named {@code 1} to {@code count}, all of one saga, a transaction each. */
    UUID insertInOrder(int count) throws SQLException {
        var saga = UUID.randomUUID();
        insertInOrder(saga, 1, count);
        return saga;
    }

    void insertInOrder(UUID saga, int first, int last) throws SQLException {
        try (var connection = connect()) {
            for (int i = first; i <= last; i++) {
                insert(connection, saga, Integer.toString(i), "{\"n\":" + i + "}");
            }
        }
    }

    /** Rows named {@code 1} to {@code count}, all of one saga and in one transaction. */
    void insertAtOnce(int count) throws SQLException {
        var saga = UUID.randomUUID();
        try (var connection = connect()) {
            connection.setAutoCommit(false);
            for (int i = 1; i <= count; i++) {
                insert(connection, saga, Integer.toString(i), "{}");
            }
            connection.commit();
        }
    }

    void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whoever reads from it; as an operator would who has to free the disk. */
    void dropSlot() throws SQLException {
        dropSlotAnd("");
    }

    /** Made anew before the relay that lost it can do so itself: whoever comes second finds it there. */
    void replaceSlot() throws SQLException {
        dropSlotAnd("""
                begin
                    perform pg_create_logical_replication_slot('%1$s', 'pgoutput');
                exception when duplicate_object then
                end;
                """.formatted(settings().slot()));
    }

    private void dropSlotAnd(String then) throws SQLException {
        execute("""
                do $$
                begin
                    loop
                        perform pg_terminate_backend(active_pid, 5000) from pg_replication_slots
                        where slot_name = '%1$s' and active_pid is not null;
                        begin
                            perform pg_drop_replication_slot('%1$s');
                            exit;
                        exception when object_in_use then -- a reader has come back meanwhile
                        end;
                    end loop;
                    %2$s
                end $$
                """.formatted(settings().slot(), then));
    }

    /** As when the disk guard strikes: PostgreSQL removes log that the slot still needs. */
    void invalidateSlot() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("alter system set max_slot_wal_keep_size = '1MB'");
            statement.execute("select pg_reload_conf()");
            try {
                do {
                    statement.execute("select pg_logical_emit_message(false, 'test', repeat('x', 20000000))");
                    statement.execute("checkpoint");
                } while (!"lost"
                        .equals(query("select wal_status from pg_replication_slots where slot_name = '%s'"
                                .formatted(settings().slot()))));
            } finally {
                statement.execute("alter system reset max_slot_wal_keep_size");
                statement.execute("select pg_reload_conf()");
            }
        }
    }

    void insert(Connection connection, UUID saga, String name, String payload) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, topic);
            insert.setString(2, saga.toString());
            insert.setString(3, payload);
            insert.setString(4, name);
            insert.setString(5, saga + "/" + "cause");
            insert.setString(6, "checkout.replies");
            insert.setLong(7, clock.now().packed());
            insert.setString(8, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            insert.executeUpdate();
        }
    }

    String query(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    private String database() {
        return jdbcUrl.substring(jdbcUrl.lastIndexOf('/') + 1);
    }

    private static String user() {
        return TestServers.shared().postgres().username();
    }

    private static String password() {
        return TestServers.shared().postgres().password();
    }
}
