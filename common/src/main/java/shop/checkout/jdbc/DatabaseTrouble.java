package shop.checkout.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells a database that is in trouble, where the same work may succeed later, from work that will always fail. */
public final class DatabaseTrouble {

    /** By SQLSTATE: connection lost, rolled back by the server, out of resources, operator's intervention, system error. */
    private static final Set<String> STATE_CLASSES = Set.of("08", "40", "53", "57", "58");

    private DatabaseTrouble() {}

    /** The failure or any of its causes: Hibernate hides a lost connection in exceptions of its own, as at rollback. */
    public static boolean causes(Throwable failure) {
        return Stream.iterate(failure, it -> it != null, Throwable::getCause)
                .limit(100)
                .anyMatch(DatabaseTrouble::isTrouble);
    }

    private static boolean isTrouble(Throwable failure) {
        return failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof NonTransientDataAccessResourceException
                || failure instanceof TransactionException
                || failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLException sql && (isTrouble(sql.getSQLState()) || isClosed(sql));
    }

    /** As HikariCP says it of a connection that it has taken out of the pool under its user: without any SQLSTATE. */
    private static boolean isClosed(SQLException failure) {
        return failure.getSQLState() == null && "Connection is closed".equals(failure.getMessage());
    }

    private static boolean isTrouble(@Nullable String state) {
        return state != null && state.length() == 5 && STATE_CLASSES.contains(state.substring(0, 2));
    }
}
