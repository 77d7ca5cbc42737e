package shop.checkout.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;

/** The logical replication slot: PostgreSQL's memory of what was confirmed. Used by one thread. */
final class Slot {

    private static final String FIND = """
            select confirmed_flush_lsn::text as confirmed, wal_status, invalidation_reason
            from pg_replication_slots where slot_name = ? and database = current_database()
            """;
    /** A failover slot, which PostgreSQL can keep in step on a standby. */
    private static final String MAKE = """
            select lsn::text from pg_create_logical_replication_slot(?, 'pgoutput', failover => true)
            """;
    /** The reader of a predecessor that was cut off would block ours for a minute. */
    private static final String END_READER = """
            select pg_terminate_backend(active_pid, 1000) from pg_replication_slots
            where slot_name = ? and active_pid is not null
            """;

    private static final String DROP = "select pg_drop_replication_slot(?)";
    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    /** @param usable false when PostgreSQL has thrown away log that it would need */
    record State(LogSequenceNumber confirmed, boolean usable) {}

    private final Connection connection;
    private final String name;

    Slot(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    Optional<State> find() throws SQLException {
        try (var query = connection.prepareStatement(FIND)) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                boolean usable =
                        !"lost".equals(rows.getString("wal_status")) && rows.getString("invalidation_reason") == null;
                return Optional.of(new State(LogSequenceNumber.valueOf(rows.getString("confirmed")), usable));
            }
        }
    }

    /** Waits until all transactions that write at this moment have ended. */
    LogSequenceNumber make() throws SQLException {
        try (var query = connection.prepareStatement(MAKE)) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                rows.next();
                return LogSequenceNumber.valueOf(rows.getString(1));
            }
        }
    }

    void drop() throws SQLException {
        try (var query = connection.prepareStatement(DROP)) {
            query.setString(1, name);
            query.execute();
        }
    }

    /** Ends whoever still reads from the slot; to be called by the holder of the lease only. */
    void endOtherReader() throws SQLException {
        long deadline = System.nanoTime() + END_LIMIT.toNanos();
        while (endedOne()) {
            if (System.nanoTime() - deadline > 0) {
                throw new SQLException(
                        "the slot " + name + " is still being read by another session after " + END_LIMIT);
            }
        }
    }

    private boolean endedOne() throws SQLException {
        try (var query = connection.prepareStatement(END_READER)) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }
}
