package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import shop.checkout.embedded.EmbeddedPostgres;
import shop.checkout.servers.TestServers;
import shop.checkout.trace.Traces;

/** Settings with which a standby that takes over could lack what was published are told, and so is a standby that holds up the relay. */
@ExtendWith(OutputCaptureExtension.class)
class StandbysIT {

    private static final String DATABASE = "payment";
    private static final String SLOT = "payment_service_outbox";

    @TempDir
    private static Path folder;

    private static EmbeddedPostgres postgres;

    /** Commits do not wait for the standby, because there is none. */
    @BeforeAll
    static void start() throws SQLException {
        postgres = EmbeddedPostgres.start(folder, 0);
        postgres.createDatabase(DATABASE);
        execute("alter role postgres set synchronous_commit = 'local'");
        execute("select pg_create_physical_replication_slot('standby')");
        makeSlot(true);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @AfterEach
    void reset() throws SQLException {
        execute("alter system reset all");
        execute("select pg_reload_conf()");
    }

    @Test
    void areNoMatterWhereThereIsNoStandby() throws SQLException {
        assertThat(fault()).isEmpty();
    }

    @Test
    void haveToNameTheSlotOfASynchronousStandby() throws SQLException {
        set("synchronous_standby_names", "ANY 1 (one, other)");

        assertThat(fault()).hasValueSatisfying(it -> assertThat(it).contains("does not name its slot"));

        set("synchronized_standby_slots", "standby");
        assertThat(fault()).isEmpty();
    }

    @Test
    void mayNotNameASlotThatIsNotThere() throws SQLException {
        set("synchronized_standby_slots", "standby, \"elsewhere\", " + SLOT);

        assertThat(fault())
                .hasValueSatisfying(
                        it -> assertThat(it).contains("names elsewhere, " + SLOT + ", which is no physical slot"));
    }

    @Test
    void haveToBeOfAFailoverSlot() throws SQLException {
        set("synchronous_standby_names", "one");
        set("synchronized_standby_slots", "standby");
        makeSlot(false);

        assertThat(fault()).hasValueSatisfying(it -> assertThat(it).contains("no failover slot"));

        makeSlot(true);
        assertThat(fault()).isEmpty();
    }

    @Test
    void mayNotLackWhatWasWrittenWhenTheyWereLastLookedAt() throws SQLException {
        set("synchronized_standby_slots", "standby");
        try (var connection = postgres.connect(DATABASE)) {
            var standbys = new Standbys(connection, SLOT);
            assertThat(standbys.fault()).isEmpty();
            assertThat(standbys.fault())
                    .hasValueSatisfying(it -> assertThat(it).contains("names standby (nobody reads it): what was"));

            try (var standby = new StandbyProbe(postgres, "standby")) {
                assertThat(standbys.fault())
                        .hasValueSatisfying(it -> assertThat(it).contains("names standby: what was"));

                standby.confirmAll();
                assertThat(standbys.fault()).isEmpty();
            }
        }
    }

    @Test
    void areToldOnceAndOnceWhenAllIsWellAgain(CapturedOutput log) throws SQLException {
        set("synchronous_standby_names", "one");
        try (var connection = postgres.connect(DATABASE)) {
            var standbys = new Standbys(connection, SLOT);
            standbys.look();
            standbys.look();
            assertThat(log.getOut().split("ALARM", -1)).hasSize(2);

            set("synchronous_standby_names", "");
            await().untilAsserted(() -> {
                standbys.look();
                assertThat(log).contains("standbys are as they should be again");
            });
        }
    }

    @Test
    void areToldInTheLogOfTheRelay(CapturedOutput log) throws SQLException {
        var url = postgres.jdbcUrl(DATABASE);
        Flyway.configure()
                .dataSource(url, postgres.username(), postgres.password())
                .load()
                .migrate();
        set("synchronous_standby_names", "one");
        var settings = RelaySettings.of(
                SLOT,
                url,
                postgres.username(),
                postgres.password(),
                TestServers.shared().kafka().bootstrapServers(),
                "/payment-service");
        var traces = Traces.off(new Random(1));

        try (var relay = new Relay(settings, new SimpleMeterRegistry(), Clock.systemUTC(), traces)) {
            relay.start();
            told(log, "ALARM: there is a synchronous standby, but synchronized_standby_slots");

            set("synchronized_standby_slots", "standby");
            told(log, "ALARM: synchronized_standby_slots names standby (nobody reads it)");
        }
    }

    private static void told(CapturedOutput log, String what) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(log).contains(what));
    }

    private static Optional<String> fault() throws SQLException {
        try (var connection = postgres.connect(DATABASE)) {
            return new Standbys(connection, SLOT).fault();
        }
    }

    private static void makeSlot(boolean failover) throws SQLException {
        execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '%s'"
                .formatted(SLOT));
        execute("select pg_create_logical_replication_slot('%s', 'pgoutput', failover => %s)"
                .formatted(SLOT, failover));
    }

    /** Returns once new sessions have it. */
    private static void set(String setting, String value) throws SQLException {
        execute("alter system set %s = '%s'".formatted(setting, value));
        execute("select pg_reload_conf()");
        await().until(() -> value.equals(read("show " + setting)));
    }

    private static String read(String sql) throws SQLException {
        try (var connection = postgres.connect(DATABASE);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = postgres.connect(DATABASE);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
