package shop.checkout.orchestrator.api;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * An idempotency key, or what it stands for, is being written by a transaction that takes its time; surely nothing was
 * started under it here.
 */
final class KeyInUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private KeyInUse(Throwable cause) {
        super("another transaction holds on to an idempotency key", cause);
    }

    /**
     * Does the work.
     *
     * @throws KeyInUse when it has waited in vain for a lock
     */
    static <V> V noticed(Supplier<V> work) {
        try {
            return work.get();
        } catch (UncategorizedSQLException e) {
            boolean held = e.getCause() instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState());
            throw held ? new KeyInUse(e) : e;
        }
    }
}
