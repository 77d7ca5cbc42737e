package shop.checkout;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.cost.CountingDataSource;
import shop.checkout.inbox.Inbox;
import shop.checkout.outbox.Outbox;
import shop.checkout.parking.Parking;
import shop.checkout.servers.TestServers;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;

/** A fresh database on the real PostgreSQL, migrated, with what stands on it. */
public final class TestDatabase implements AutoCloseable {

    private static final List<String> TABLES =
            List.of("outbox", "inbox", "parked_message", "seen_token", "intent", "lease");
    private static @Nullable TestDatabase shared;

    private final HikariDataSource dataSource;

    public TestDatabase() {
        var config = new HikariConfig();
        config.setJdbcUrl(TestServers.shared().freshDatabase());
        config.setUsername(TestServers.shared().postgres().username());
        config.setPassword(TestServers.shared().postgres().password());
        config.setMaximumPoolSize(8);
        config.setAutoCommit(false);
        dataSource = new HikariDataSource(config);
        Flyway.configure().dataSource(dataSource).load().migrate();
    }

    /** One for all tests of this JVM, emptied. */
    public static synchronized TestDatabase emptied() {
        var database = shared == null ? new TestDatabase() : shared;
        shared = database;
        database.commit(() -> database.jdbc().execute("truncate " + String.join(", ", TABLES)));
        return database;
    }

    /** A session of its own, in a transaction that is open until it is ended. */
    public Connection connect() throws SQLException {
        return dataSource.getConnection();
    }

    public JdbcTemplate jdbc() {
        return new JdbcTemplate(dataSource);
    }

    public TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /** The same database, with a counter of what it is asked. */
    public CountingDataSource counting() {
        return new CountingDataSource(dataSource);
    }

    /** Runs the work in a transaction of its own. */
    public void commit(Runnable work) {
        transaction().executeWithoutResult(status -> work.run());
    }

    public Inbox inbox() {
        return new Inbox(jdbc(), Codec.ofCatalogue());
    }

    public Outbox outbox() {
        return outbox(new HybridClock(Clock.systemUTC()));
    }

    public Outbox outbox(HybridClock clock) {
        return new Outbox(jdbc(), Codec.ofCatalogue(), clock, Traces.off(new Random(1)));
    }

    /** @param delay in nanoseconds, of every message that is parked or postponed; bounded by its backoff */
    public Parking parking(long delay) {
        return parking(jdbc(), delay);
    }

    public static Parking parking(JdbcTemplate jdbc, long delay) {
        return new Parking(jdbc, Codec.ofCatalogue(), new Always(delay));
    }

    /** The first column of every row, as text. */
    public List<String> texts(String sql, Object... arguments) {
        return jdbc().query(sql, (row, _) -> String.valueOf(row.getString(1)), arguments);
    }

    @Override
    public void close() {
        dataSource.close();
    }

    private record Always(long value) implements java.util.random.RandomGenerator {
        @Override
        public long nextLong() {
            return value;
        }

        @Override
        public long nextLong(long bound) {
            return Math.min(value, bound - 1);
        }
    }
}
