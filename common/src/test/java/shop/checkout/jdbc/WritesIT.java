package shop.checkout.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.TestDatabase;
import shop.checkout.cost.CountingDataSource;

class WritesIT {

    private static final String TAKE = "insert into lease (name, owner, token, expires_at) values (?, ?, 0, now())";
    private static final String GIVE = "update lease set owner = ? where name = any(?)";

    private final TestDatabase database = TestDatabase.emptied();
    private final CountingDataSource counting = database.counting();
    private final Writes writes = Writes.of(counting.jdbc());
    private final TransactionTemplate transaction = counting.transaction();

    @BeforeEach
    void forgetWhatWasCounted() {
        counting.countSinceLast();
    }

    @Test
    void sendsAllStatementsOfATransactionAtOnceInTheirOrder() {
        transaction.executeWithoutResult(status -> {
            writes.add(TAKE, "a", "first");
            Writes.of(counting.jdbc()).add(TAKE, "b", "first");
            writes.add(GIVE, "second", new String[] {"a", "b", "c"});
            assertThat(counting.countSinceLast()).isZero();
        });

        assertThat(counting.countSinceLast()).isOne();
        assertThat(owners()).containsExactly("a second", "b second");
    }

    @Test
    void givesEachStatementTheNumberOfItsRows() {
        var rows = new ArrayList<Integer>();

        transaction.executeWithoutResult(status -> {
            writes.add(rows::add, TAKE, "a", "first");
            writes.add(rows::add, GIVE, "second", new String[] {"a", "b"});
            writes.add(rows::add, GIVE, "third", new String[] {"b"});
        });

        assertThat(rows).containsExactly(1, 1, 0);
    }

    @Test
    void rollsBackWhenTheNumberOfRowsIsWrong() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    writes.add(TAKE, "a", "first");
                    writes.add(
                            rows -> {
                                throw new IllegalStateException(rows + " rows");
                            },
                            GIVE,
                            "second",
                            new String[] {"b"});
                }))
                .hasMessage("0 rows");

        assertThat(owners()).isEmpty();
        writesAgain();
    }

    @Test
    void rollsBackWhenAStatementFails() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    writes.add(TAKE, "a", "first");
                    writes.add(TAKE, "a", "second");
                }))
                .isInstanceOf(DuplicateKeyException.class);

        assertThat(owners()).isEmpty();
        writesAgain();
    }

    @Test
    void sendsNothingOfATransactionThatIsRolledBack() {
        transaction.executeWithoutResult(status -> {
            writes.add(TAKE, "a", "first");
            status.setRollbackOnly();
        });

        writesAgain();
    }

    @Test
    void showsWhatWasWrittenToWhoFlushesBeforeReading() {
        transaction.executeWithoutResult(status -> {
            writes.add(TAKE, "a", "first");
            writes.flush();
            assertThat(counting.jdbc().queryForObject("select owner from lease", String.class))
                    .isEqualTo("first");
            writes.add(GIVE, "second", new String[] {"a"});
        });

        assertThat(owners()).containsExactly("a second");
    }

    @Test
    void keepsTheWritesOfATransactionWithinAnotherApart() {
        var within = counting.transaction();
        within.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    writes.add(TAKE, "outer", "first");
                    within.executeWithoutResult(inner -> writes.add(TAKE, "inner", "first"));
                    writes.add(TAKE, "outer", "again");
                }))
                .isInstanceOf(DuplicateKeyException.class);

        assertThat(owners()).containsExactly("inner first");
    }

    @Test
    void refusesToWriteOutsideOfATransaction() {
        assertThatThrownBy(() -> writes.add(TAKE, "a", "first")).isInstanceOf(IllegalStateException.class);
    }

    /** In the same thread, which must not have kept anything. */
    private void writesAgain() {
        transaction.executeWithoutResult(status -> writes.add(TAKE, "later", "first"));

        assertThat(owners()).containsExactly("later first");
    }

    private List<String> owners() {
        return database.texts("select name || ' ' || owner from lease order by name");
    }
}
