package shop.checkout.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    private static final String SHOP = "shop";

    @TempDir
    Path folder;

    @Test
    void isDurableAndDecodesItsLog() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            assertThat(query(postgres, "postgres", "select current_setting('server_version')"))
                    .startsWith("18.");
            assertThat(List.of("fsync", "synchronous_commit", "wal_level", "listen_addresses"))
                    .extracting(name -> query(postgres, "postgres", "select current_setting('" + name + "')"))
                    .containsExactly("on", "on", "logical", "127.0.0.1");
        }
    }

    @Test
    void keepsDataSlotsAndPortBetweenRuns() throws SQLException {
        int port;
        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            port = postgres.port();
            postgres.createDatabase(SHOP);
            postgres.createDatabase(SHOP);
            execute(postgres, SHOP, "create table goods as select 'kettle' as sku");
            query(postgres, SHOP, "select pg_create_logical_replication_slot('relay', 'pgoutput')::text");
        }

        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            assertThat(postgres.port()).isEqualTo(port);
            assertThat(query(postgres, SHOP, "select sku from goods")).isEqualTo("kettle");
            assertThat(query(postgres, SHOP, "select slot_name from pg_replication_slots"))
                    .isEqualTo("relay");
        }
    }

    @Test
    void stopsAServerLeftBehindByAKilledJvm() throws Exception {
        EmbeddedPostgres.start(folder, 0).close();
        var leftover = startWithoutUs();

        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            assertThat(leftover.isAlive()).isFalse();
            assertThat(query(postgres, "postgres", "select 'works'")).isEqualTo("works");
        }
    }

    @Test
    void startsAlthoughTheRecordedProcessIdNowBelongsToAnotherProgram() throws Exception {
        EmbeddedPostgres.start(folder, 0).close();
        long stranger = ProcessHandle.current().parent().orElseThrow().pid();
        Files.writeString(Postmaster.file(folder.resolve("cluster")), stranger + "\n");

        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            assertThat(query(postgres, "postgres", "select 'works'")).isEqualTo("works");
        }
    }

    @Test
    void takesAnotherPortWhenTheRememberedOneIsTaken() throws Exception {
        int port;
        try (var postgres = EmbeddedPostgres.start(folder, 0)) {
            port = postgres.port();
        }

        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                var postgres = EmbeddedPostgres.start(folder, 0)) {
            assertThat(postgres.port()).isNotEqualTo(port);
        }
    }

    @Test
    void saysWhyItCannotStart() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder, taken.getLocalPort()))
                    .hasMessageContaining("could not bind IPv4 address \"127.0.0.1\"");
        }
    }

    /** As it looks after {@code kill -9} of the JVM on a machine where the kernel does not tie children to their parent. */
    private Process startWithoutUs() throws IOException {
        var server = new PostgresServer(folder, PostgresBinaries.unpacked());
        var process = server.program(List.of(
                        PostgresBinaries.unpacked().program("postgres"),
                        "-D",
                        folder.resolve("cluster").toString(),
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "port=" + Ports.free()))
                .start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Postmaster.of(folder.resolve("cluster")).isReady(process.pid()));
        return process;
    }

    private static String query(EmbeddedPostgres postgres, String database, String sql) {
        try (var connection = postgres.connect(database);
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void execute(EmbeddedPostgres postgres, String database, String sql) throws SQLException {
        try (var connection = postgres.connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
