package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.servers.Certificate;
import shop.checkout.servers.TestServers;

/** The parameters of the JDBC URL hold for all connections of the relay, and TLS does not slow it down. */
@DisabledIfSystemProperty(
        named = "infra",
        matches = "containers",
        disabledReason = "PostgreSQL reads its certificate from a file of this machine")
class RelayTlsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ROWS = 100;
    /** pgjdbc can be made to look for data over TLS once a second only; a machine under load adds some milliseconds. */
    private static final Duration QUICK = Duration.ofMillis(150);

    @TempDir
    static Path folder;

    @BeforeAll
    static void turnOn() throws Exception {
        var server = Certificate.made(folder, "server");
        Certificate.made(folder, "other");
        setting("set ssl_cert_file = '%s'".formatted(server.trusted()));
        setting("set ssl_key_file = '%s'".formatted(server.key()));
        setting("set ssl = on");
        reload("on");
    }

    @AfterAll
    static void turnOff() throws SQLException {
        for (var name : new String[] {"ssl", "ssl_cert_file", "ssl_key_file"}) {
            setting("reset " + name);
        }
        reload("off");
    }

    @Test
    void replicatesOverTlsAsQuicklyAsWithout() throws Exception {
        var fixture = new OutboxFixture(1);
        try (var relay = fixture.relay(trusting(fixture, "server"));
                var stopwatch = new Stopwatch(fixture.topic());
                var connection = fixture.connect()) {
            relay.start();
            fixture.insert("first");
            stopwatch.arrival("first");

            var latencies = new long[ROWS];
            for (int i = 0; i < ROWS; i++) {
                fixture.insert(connection, UUID.randomUUID(), "tls-" + i, "{}");
                long committed = System.nanoTime();
                latencies[i] = stopwatch.arrival("tls-" + i) - committed;
            }

            Arrays.sort(latencies);
            assertThat(Duration.ofNanos(latencies[ROWS / 2])).isLessThan(QUICK);
            assertThat(encrypted(fixture)).isEqualTo("true");
        }
    }

    /** Left to itself, the driver would take TLS where it can be had. */
    @Test
    void replicatesAsTheUrlSays() throws Exception {
        var fixture = new OutboxFixture(1);
        try (var relay = fixture.relay(with(fixture, "sslmode=disable"));
                var stopwatch = new Stopwatch(fixture.topic())) {
            relay.start();
            fixture.insert("first");
            stopwatch.arrival("first");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(encrypted(fixture)).isEqualTo("false"));
        }
    }

    @Test
    void doesNotPublishFromADatabaseThatItDoesNotTrust() throws Exception {
        var fixture = new OutboxFixture(1);
        fixture.insert("first");
        try (var relay = fixture.relay(trusting(fixture, "other"))) {
            relay.start();

            await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> relay.leadingToken() == 0);
        }
        assertThat(fixture.query("select count(*) from lease")).isEqualTo("0");
    }

    private static String encrypted(OutboxFixture fixture) throws SQLException {
        return fixture.query("""
                select string_agg(ssl::text, ' ') from pg_stat_ssl join pg_replication_slots on active_pid = pid
                where slot_name = '%s'
                """.formatted(fixture.settings().slot()));
    }

    private static RelaySettings trusting(OutboxFixture fixture, String certificate) {
        return with(fixture, "sslmode=verify-full&sslrootcert=" + folder.resolve(certificate + ".crt"));
    }

    private static RelaySettings with(OutboxFixture fixture, String parameters) {
        var usual = fixture.settings();
        return new RelaySettings(
                usual.slot(),
                usual.publication(),
                usual.jdbcUrl() + "?" + parameters,
                usual.user(),
                usual.password(),
                usual.kafka(),
                usual.source(),
                usual.tuning());
    }

    private static void setting(String change) throws SQLException {
        try (var connection = TestServers.shared().postgres().connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("alter system " + change);
        }
    }

    private static void reload(String expected) throws SQLException {
        try (var connection = TestServers.shared().postgres().connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("select pg_reload_conf()");
            await().atMost(SOON).until(() -> {
                try (var rows = statement.executeQuery("show ssl")) {
                    rows.next();
                    return rows.getString(1).equals(expected);
                }
            });
        }
    }
}
