package shop.checkout.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

class DatabaseTroubleTest {

    static Stream<Throwable> trouble() {
        return Stream.of(
                new CannotAcquireLockException("deadlock"),
                new ConcurrencyFailureException("somebody else"),
                new QueryTimeoutException("slow"),
                new DataAccessResourceFailureException("gone"),
                new CannotCreateTransactionException("no connection"),
                new SQLTransientConnectionException("pool - Connection is not available"),
                new SQLRecoverableException("gone"),
                new SQLNonTransientConnectionException("gone"),
                new SQLException("Connection is closed"));
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new IllegalStateException("bug"),
                new DuplicateKeyException("twice"),
                new DataIntegrityViolationException("null"),
                new IllegalStateException("bug", new SQLException("null value", "23502")),
                new IllegalStateException("bug", new SQLException("no state")));
    }

    @ParameterizedTest
    @MethodSource("trouble")
    void passes(Throwable failure) {
        assertThat(DatabaseTrouble.causes(failure)).isTrue();
        assertThat(DatabaseTrouble.causes(new IllegalStateException(failure))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08003", "08006", "40001", "40P01", "53100", "53300", "57P01", "57P03", "58030"})
    void isKnownByItsSqlStateHoweverDeep(String state) {
        var hidden = new IllegalStateException(
                "Unable to rollback against JDBC Connection", new RuntimeException(new SQLException("gone", state)));

        assertThat(DatabaseTrouble.causes(hidden)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isNotWhatWillAlwaysFail(Throwable failure) {
        assertThat(DatabaseTrouble.causes(failure)).isFalse();
    }

    @Test
    void comesToAnEndWithCausesInACircle() {
        var one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("two", one));

        assertThat(DatabaseTrouble.causes(one)).isFalse();
    }
}
