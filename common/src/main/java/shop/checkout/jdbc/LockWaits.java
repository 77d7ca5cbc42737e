package shop.checkout.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Waiting for locks, but not for long: who waits for a whole table keeps all others waiting behind it. */
public final class LockWaits {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private LockWaits() {}

    /** For the rest of the current transaction. */
    public static void limit(JdbcTemplate jdbc, Duration limit) {
        jdbc.query("select set_config('lock_timeout', ?, true)", row -> {}, limit.toMillis() + "ms");
    }

    /** Whether the failure says that a lock was waited for in vain. */
    public static boolean ended(DataAccessException failure) {
        return failure.getCause() instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState());
    }
}
