package shop.checkout.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A real, durable PostgreSQL 18 with logical replication, as a process of its own that listens on loopback only.
 *
 * <p>Everything is kept in one folder: the cluster, the port, the superuser's random password and the server's log. Data, slots and settings
 * survive {@link #close} and any crash. The server ends with this JVM even if the JVM is killed (see {@link Children}).
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** What a durable server with logical replication needs; the rest are PostgreSQL's defaults. */
    public static final List<String> SETTINGS = List.of(
            "max_connections=200",
            "shared_buffers=256MB",
            "fsync=on",
            "synchronous_commit=on",
            "wal_level=logical",
            "max_replication_slots=100",
            "max_wal_senders=20",
            "max_wal_size=2GB",
            "checkpoint_timeout=15min",
            "random_page_cost=1.1",
            "jit=off",
            "log_line_prefix=%m [%p] %q%d ");

    private final PostgresServer server;
    private final String password;
    private final int port;

    private EmbeddedPostgres(PostgresServer server, String password, int port) {
        this.server = server;
        this.password = password;
        this.port = port;
    }

    /**
     * Starts the server on the folder, which is made if absent. A server that a killed JVM left behind on it is stopped
     * first, so the caller sees to it that no other JVM uses the folder.
     *
     * @param port 0 for a free one, the same as at the last start if possible
     * @throws IllegalStateException when the server cannot be started, with what it said
     */
    public static EmbeddedPostgres start(Path folder, int port) {
        try {
            var home = Files.createDirectories(folder.toAbsolutePath().normalize());
            var server = new PostgresServer(home, PostgresBinaries.unpacked());
            server.prepare();
            int chosen = port == 0 ? Ports.remembered(home.resolve("port")) : port;
            server.run(chosen);
            return new EmbeddedPostgres(server, server.password(), chosen);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be started in " + folder, e);
        }
    }

    /** Stops a server that a killed JVM left behind on the folder, if there is one. */
    public static void stopLeftover(Path folder) {
        try {
            var home = folder.toAbsolutePath().normalize();
            if (Files.isDirectory(home)) {
                new PostgresServer(home, PostgresBinaries.unpacked()).stopLeftover();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the PostgreSQL left over in " + folder + " cannot be stopped", e);
        }
    }

    /** Makes the database unless it is there. The name must be a plain lower-case identifier. */
    public void createDatabase(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("'" + name + "' is no plain lower-case database name");
        }
        try (var connection = connect("postgres");
                var exists = connection.prepareStatement("select 1 from pg_database where datname = ?");
                var create = connection.createStatement()) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                create.execute("create database " + name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " cannot be made", e);
        }
    }

    /** A connection of the superuser to the database. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), username(), password);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The superuser. */
    public String username() {
        return PostgresServer.SUPERUSER;
    }

    public String password() {
        return password;
    }

    public int port() {
        return port;
    }

    /** Completes when the server ends, for whatever reason. */
    public CompletableFuture<Void> ended() {
        return server.ended();
    }

    /** Where the server writes its log. */
    public Path log() {
        return server.log();
    }

    /** Stops the server: open transactions are rolled back, a checkpoint is written. Twice is harmless. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be stopped; see " + log(), e);
        }
    }

    static List<String> settings(int port) {
        return Stream.concat(
                        Stream.of("port=" + port, "listen_addresses=127.0.0.1", "unix_socket_directories="),
                        SETTINGS.stream())
                .toList();
    }
}
