package shop.checkout.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The row of one lease. All times are the database's, so that the replicas' clocks need not agree.
 *
 * <p>It keeps a connection of its own between calls and opens a new one after a fault. Used by one thread.
 */
final class LeaseTable implements AutoCloseable {

    private static final String MAKE = """
            insert into lease (name, owner, token, expires_at) values (?, ?, 0, '-infinity') on conflict do nothing
            """;
    /** Microseconds; read before taking, so that waiting replicas neither lock nor write. */
    private static final String REMAINING = """
            select extract(epoch from greatest(interval '0', least(interval '1 day', expires_at - clock_timestamp()))) * 1000000
            from lease where name = ?
            """;

    /** Tokens follow the clock, so that they go on growing when the table comes from a backup; a clock set back does no harm. */
    private static final String TAKE = """
            update lease
            set owner = ?, token = greatest(token + 1, floor(extract(epoch from clock_timestamp()) * 1000)::bigint),
                expires_at = clock_timestamp() + ? * interval '1 microsecond'
            where name = ? and expires_at <= clock_timestamp()
            returning token
            """;
    /** An expired lease is not renewed even if nobody took it: its holder has stepped down by its own clock. */
    private static final String RENEW = """
            update lease set expires_at = clock_timestamp() + ? * interval '1 microsecond'
            where name = ? and owner = ? and token = ? and expires_at > clock_timestamp()
            """;

    private static final String RELEASE = """
            update lease set expires_at = clock_timestamp(), token = greatest(token, ?) where name = ? and owner = ? and token = ?
            """;

    private final DataSource dataSource;
    private final String name;
    private final String owner;
    private @Nullable Connection connection;

    LeaseTable(DataSource dataSource, String name, String owner) {
        this.dataSource = dataSource;
        this.name = name;
        this.owner = owner;
    }

    /** How long the lease is still held by somebody; zero or less when it is free. */
    Duration remaining(Duration limit) throws SQLException {
        try (var query = statement(REMAINING, limit)) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                if (rows.next()) {
                    return Duration.ofNanos(rows.getBigDecimal(1).longValue() * 1000);
                }
            }
        }
        try (var insert = statement(MAKE, limit)) {
            insert.setString(1, name);
            insert.setString(2, owner);
            insert.executeUpdate();
        }
        return Duration.ZERO;
    }

    /** The new token, or nothing when somebody else was quicker. */
    OptionalLong take(Duration duration, Duration limit) throws SQLException {
        try (var update = statement(TAKE, limit)) {
            update.setString(1, owner);
            update.setLong(2, micros(duration));
            update.setString(3, name);
            try (var rows = update.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** False when the lease has expired or was taken. */
    boolean renew(long token, Duration duration, Duration limit) throws SQLException {
        try (var update = statement(RENEW, limit)) {
            update.setLong(1, micros(duration));
            update.setString(2, name);
            update.setString(3, owner);
            update.setLong(4, token);
            return update.executeUpdate() == 1;
        }
    }

    /** @param greatest the next token will be greater than this one */
    void release(long token, long greatest, Duration limit) throws SQLException {
        try (var update = statement(RELEASE, limit)) {
            update.setLong(1, greatest);
            update.setString(2, name);
            update.setString(3, owner);
            update.setLong(4, token);
            update.executeUpdate();
        }
    }

    /** Forgets the connection, for instance after a fault. */
    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException _) {
                // it was broken, which is why it goes
            }
            connection = null;
        }
    }

    /** @param limit of the network: a database that does not answer must not keep its caller past the end of the lease */
    private PreparedStatement statement(String sql, Duration limit) throws SQLException {
        var open = connection;
        if (open == null) {
            open = dataSource.getConnection();
            open.setAutoCommit(true);
            connection = open;
        }
        open.setNetworkTimeout(Runnable::run, Math.toIntExact(Math.max(1, limit.toMillis())));
        return open.prepareStatement(sql);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
