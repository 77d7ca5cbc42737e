package shop.checkout.relay;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes from the table what a slot can no longer deliver: every retained row that is not proven to have been published,
 * in the order of the hybrid clock. Some will arrive a second time, none is left out.
 *
 * <p>A transaction that was under way when the new slot was made may be on neither side of it for a moment, so the table is read once all
 * such transactions have ended.
 */
final class Republication {

    private static final String NEXT_TRANSACTION = "select pg_snapshot_xmax(pg_current_snapshot())::text";
    /** With a pause, because transactions end without telling. */
    private static final String ALL_BEFORE_ENDED = """
            select pg_snapshot_xmin(pg_current_snapshot()) >= ?::xid8, pg_sleep(0.02)
            """;

    private static final String SNAPSHOT = "select pg_current_snapshot()::text";
    private static final String BEGUN = "select now()::text";
    private static final String UNPROVEN = """
            select aggregatetype, aggregateid, type, payload, name, cause, reply_to, send, hlc, traceparent
            from outbox
            where ?::pg_snapshot is null or not pg_visible_in_snapshot(transaction_id, ?::pg_snapshot)
            order by hlc, id
            """;

    /** Publishes rows and returns when they are acknowledged. */
    @FunctionalInterface
    interface Sink {
        void publish(List<OutboxRow> rows) throws InterruptedException;
    }

    /**
     * @param snapshot whose transactions have all been published
     * @param until when reading began, by the database's clock
     */
    record Done(long rows, String snapshot, String until) {}

    private final Connection connection;
    private final int batchRows;
    private final BooleanSupplier mayGoOn;

    /** @param mayGoOn turns false when the lease is lost or the relay stops */
    Republication(Connection connection, int batchRows, BooleanSupplier mayGoOn) {
        this.connection = connection;
        this.batchRows = batchRows;
        this.mayGoOn = mayGoOn;
    }

    /** @param proven a snapshot whose transactions have all been published; empty for none, then every retained row is published */
    Done run(Optional<String> proven, Sink sink) throws SQLException, InterruptedException {
        awaitTransactionsUnderWay();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            var snapshot = text(SNAPSHOT);
            var begun = text(BEGUN);
            long rows = publish(proven.orElse(null), sink);
            return new Done(rows, snapshot, begun);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void awaitTransactionsUnderWay() throws SQLException {
        var bound = text(NEXT_TRANSACTION);
        try (var query = connection.prepareStatement(ALL_BEFORE_ENDED)) {
            query.setString(1, bound);
            while (true) {
                try (var rows = query.executeQuery()) {
                    rows.next();
                    if (rows.getBoolean(1)) {
                        return;
                    }
                }
                failIfOver();
            }
        }
    }

    private long publish(@Nullable String proven, Sink sink) throws SQLException, InterruptedException {
        long published = 0;
        try (var query = connection.prepareStatement(UNPROVEN)) {
            query.setFetchSize(batchRows);
            query.setString(1, proven);
            query.setString(2, proven);
            try (var rows = query.executeQuery()) {
                var batch = new ArrayList<OutboxRow>();
                while (rows.next()) {
                    batch.add(row(rows));
                    if (batch.size() == batchRows) {
                        failIfOver();
                        sink.publish(List.copyOf(batch));
                        published += batch.size();
                        batch.clear();
                    }
                }
                sink.publish(List.copyOf(batch));
                return published + batch.size();
            }
        }
    }

    private void failIfOver() {
        if (!mayGoOn.getAsBoolean()) {
            throw new NotPublished("the lease ended while rows were being published from the table");
        }
    }

    private String text(String sql) throws SQLException {
        try (var query = connection.prepareStatement(sql);
                var rows = query.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static OutboxRow row(ResultSet row) throws SQLException {
        return new OutboxRow(
                row.getString("aggregatetype"),
                row.getString("aggregateid"),
                row.getString("type"),
                row.getString("payload"),
                row.getString("name"),
                row.getString("cause"),
                row.getString("reply_to"),
                row.getInt("send"),
                row.getLong("hlc"),
                row.getString("traceparent"));
    }
}
