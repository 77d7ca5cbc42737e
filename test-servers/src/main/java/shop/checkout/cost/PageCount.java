package shop.checkout.cost;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts the pages of tables and indexes that a session looks at, be they in memory or not. */
public final class PageCount implements AutoCloseable {

    /** As often as it takes until a statement's plan is settled and what the planner knows is in memory. */
    private static final int WARM_UP = 12;

    private static final int TIMES = 5;
    private static final String PAGES =
            "select sum(hits) + sum(reads) from pg_stat_get_backend_io(pg_backend_pid()) where object = 'relation'";

    private final Connection connection;
    private final SingleConnectionDataSource session;
    private final TransactionTemplate transaction;

    public PageCount(Connection connection) {
        this.connection = connection;
        this.session = new SingleConnectionDataSource(connection, true);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(session));
    }

    public JdbcTemplate jdbc() {
        return new JdbcTemplate(session);
    }

    /** The median of what the work costs, once it has been done some times. */
    public long usually(Runnable work) {
        for (int i = 0; i < WARM_UP; i++) {
            transaction.executeWithoutResult(status -> work.run());
        }
        var costs = LongStream.range(0, TIMES).map(i -> once(work)).sorted().toArray();
        return costs[TIMES / 2];
    }

    private long once(Runnable work) {
        long before = total();
        transaction.executeWithoutResult(status -> work.run());
        return total() - before;
    }

    private long total() {
        transaction.executeWithoutResult(status -> jdbc().query("select pg_stat_force_next_flush()", row -> {}));
        var pages = transaction.execute(status -> jdbc().queryForObject(PAGES, Long.class));
        return pages == null ? 0 : pages;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
