package shop.checkout.relay;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import shop.checkout.embedded.EmbeddedPostgres;

/** Reads the log as a standby does, and confirms what a test decides. */
final class StandbyProbe implements AutoCloseable {

    private final String slot;
    private final Connection database;
    private final Connection replication;
    private final PGReplicationStream stream;

    StandbyProbe(EmbeddedPostgres postgres, String slot) throws SQLException {
        this.slot = slot;
        database = postgres.connect("postgres");
        replication = DriverManager.getConnection(postgres.jdbcUrl("postgres"), asStandby(postgres));
        stream = replication
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .physical()
                .withSlotName(slot)
                .withStartPosition(LogSequenceNumber.valueOf(read("select pg_current_wal_flush_lsn()::text")))
                .start();
    }

    private static Properties asStandby(EmbeddedPostgres postgres) {
        var properties = new Properties();
        PGProperty.USER.set(properties, postgres.username());
        PGProperty.PASSWORD.set(properties, postgres.password());
        PGProperty.REPLICATION.set(properties, "true");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "10");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        return properties;
    }

    /** It has all that is written by now; returns when PostgreSQL knows. */
    void confirmAll() throws SQLException {
        var all = read("select pg_current_wal_flush_lsn()::text");
        stream.setFlushedLSN(LogSequenceNumber.valueOf(all));
        stream.forceUpdateStatus();
        await().until(() -> read("select restart_lsn >= '%s' from pg_replication_slots where slot_name = '%s'"
                        .formatted(all, slot))
                .equals("t"));
    }

    private String read(String sql) throws SQLException {
        try (var statement = database.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        replication.close();
        database.close();
    }
}
