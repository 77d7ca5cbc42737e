package shop.checkout.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What a transaction writes, sent together just before it commits: one round trip for all statements, in the order they were
 * added, whoever added them. A statement that fails, or touches other than the expected number of rows, fails the commit. Who reads
 * in the same transaction what was written in it {@linkplain #flush flushes} first.
 *
 * <p>The driver sends statements that are parted by semicolons at once, each prepared on the server like one that comes alone.
 */
public final class Writes {

    /** @param rows takes the number of rows that were touched, and throws when it is not the right one */
    private record Write(String sql, Object[] arguments, IntConsumer rows) {}

    private record Key(DataSource dataSource) {}

    private final JdbcTemplate jdbc;
    private final Key key;

    private Writes(JdbcTemplate jdbc, DataSource dataSource) {
        this.jdbc = jdbc;
        this.key = new Key(dataSource);
    }

    /** All that are of the same database share their transactions' writes. */
    public static Writes of(JdbcTemplate jdbc) {
        var dataSource = jdbc.getDataSource();
        if (dataSource == null) {
            throw new IllegalArgumentException("a JdbcTemplate without a DataSource cannot write");
        }
        return new Writes(jdbc, dataSource);
    }

    /** @throws IllegalStateException outside of a transaction, where nothing would ever be sent */
    public void add(String sql, Object... arguments) {
        add(rows -> {}, sql, arguments);
    }

    /**
     * @param rows takes the number of rows that were touched, and throws when it is not the right one
     * @throws IllegalStateException outside of a transaction, where nothing would ever be sent
     */
    public void add(IntConsumer rows, String sql, Object... arguments) {
        pending().add(new Write(sql.strip(), arguments, rows));
    }

    /** Sends what was added so far. */
    public void flush() {
        if (TransactionSynchronizationManager.getResource(key) instanceof Pending pending) {
            pending.send();
        }
    }

    private Pending pending() {
        if (TransactionSynchronizationManager.getResource(key) instanceof Pending pending) {
            return pending;
        }
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("what is to be written must be added within a transaction");
        }
        var pending = new Pending();
        TransactionSynchronizationManager.registerSynchronization(pending);
        TransactionSynchronizationManager.bindResource(key, pending);
        return pending;
    }

    /** Of one transaction. */
    private final class Pending implements TransactionSynchronization {
        private final List<Write> writes = new ArrayList<>();
        private boolean committing;

        void add(Write write) {
            writes.add(write);
            if (committing) {
                send();
            }
        }

        void send() {
            var sent = List.copyOf(writes);
            writes.clear();
            if (!sent.isEmpty()) {
                var sql = sent.stream().map(Write::sql).collect(Collectors.joining(";\n"));
                jdbc.execute(sql, (PreparedStatementCallback<Boolean>) statement -> send(statement, sent));
            }
        }

        private boolean send(PreparedStatement statement, List<Write> sent) throws SQLException {
            var arguments = sent.stream()
                    .flatMap(write -> Arrays.stream(write.arguments))
                    .toArray();
            new ArgumentPreparedStatementSetter(arguments).setValues(statement);
            statement.execute();
            for (var write : sent) {
                write.rows.accept(statement.getUpdateCount());
                statement.getMoreResults();
            }
            return true;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(key);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(key, this);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            committing = true;
            send();
        }

        @Override
        public void beforeCompletion() {
            TransactionSynchronizationManager.unbindResource(key);
        }
    }
}
