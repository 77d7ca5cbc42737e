package shop.checkout.benchmark.limit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import shop.checkout.benchmark.shop.Part;
import shop.checkout.benchmark.shop.RunningShop;
import shop.checkout.benchmark.shop.SagaTable;

/**
 * A database beside those of the services, on the same server, with the tables that one real saga has left rows in, and with a replication slot
 * that has seen nothing yet. It goes when this is closed.
 */
final class Scratch implements AutoCloseable {
    private static final String NAME = "benchmark_limit";
    private static final String OUTBOX = "outbox";

    private final Connection server;
    private final RunningShop shop;
    private final List<SavedRows> rows;

    private Scratch(Connection server, RunningShop shop, List<SavedRows> rows) {
        this.server = server;
        this.shop = shop;
        this.rows = List.copyOf(rows);
    }

    /** @param saga one that has completed */
    static Scratch make(RunningShop shop, UUID saga) throws SQLException {
        var server = shop.database(Part.ORCHESTRATOR);
        execute(server, List.of("create database " + NAME));
        var rows = new ArrayList<SavedRows>();
        try (var connection = shop.database(url(shop))) {
            for (var part : Part.SERVICES) {
                try (var database = shop.database(part)) {
                    rows.addAll(copyTables(database, part.name().toLowerCase(Locale.ROOT), saga, connection));
                }
            }
            var outboxes = rows.stream()
                    .filter(it -> it.table().name().equals(OUTBOX))
                    .map(SavedRows::qualifiedName)
                    .toList();
            execute(
                    connection,
                    List.of(
                            "create publication " + NAME + " for table " + String.join(", ", outboxes)
                                    + " with (publish = 'insert')",
                            "select pg_create_logical_replication_slot('" + NAME + "', 'pgoutput')"));
        }
        return new Scratch(server, shop, rows);
    }

    /** What a saga leaves behind, table by table. */
    List<SavedRows> rows() {
        return rows;
    }

    /** How many messages a saga sends. */
    int messages() {
        return rows.stream()
                .filter(it -> it.table().name().equals(OUTBOX))
                .mapToInt(it -> it.rows().size())
                .sum();
    }

    /** The bodies of a saga's messages. */
    List<String> payloads() {
        return rows.stream()
                .filter(it -> it.table().name().equals(OUTBOX))
                .flatMap(it -> it.rows().stream().map(row -> row.get(payload(it.table()))))
                .map(String::valueOf)
                .toList();
    }

    /** A connection that sends a batch of inserts as one statement of many rows, as the services' do. */
    Connection connect() {
        return shop.database(url(shop) + "?reWriteBatchedInserts=true");
    }

    /** Reads the slot from its beginning until so many inserts have come. */
    void readInserts(long count) throws SQLException {
        var replication = new Properties();
        PGProperty.REPLICATION.set(replication, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(replication, "14");
        PGProperty.PREFER_QUERY_MODE.set(replication, "simple");
        shop.credentials(replication);
        try (var connection = DriverManager.getConnection(url(shop), replication);
                var stream = connection
                        .unwrap(PGConnection.class)
                        .getReplicationAPI()
                        .replicationStream()
                        .logical()
                        .withSlotName(NAME)
                        .withSlotOption("proto_version", 1)
                        .withSlotOption("publication_names", NAME)
                        .start()) {
            for (long read = 0; read < count; ) {
                var message = Objects.requireNonNull(stream.read(), "it waits");
                read += message.get(message.position()) == 'I' ? 1 : 0;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (server) {
            execute(
                    server,
                    List.of(
                            "select pg_drop_replication_slot('" + NAME + "')",
                            "drop database " + NAME + " with (force)"));
        }
    }

    private static List<SavedRows> copyTables(Connection from, String schema, UUID saga, Connection to)
            throws SQLException {
        execute(to, List.of("create schema " + schema));
        var copied = new ArrayList<SavedRows>();
        for (var table : SagaTable.of(from)) {
            var rows = SavedRows.of(from, schema, table, saga);
            if (!rows.rows().isEmpty()) {
                execute(to, TableCopy.statements(from, schema, table));
                copied.add(rows);
            }
        }
        return copied;
    }

    private static int payload(SagaTable table) {
        return table.columns().stream().map(SagaTable.Column::name).toList().indexOf("payload");
    }

    private static String url(RunningShop shop) {
        return shop.databaseUrl(NAME);
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
