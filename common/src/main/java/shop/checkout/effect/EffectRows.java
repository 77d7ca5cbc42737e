package shop.checkout.effect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.MessageKey;
import shop.checkout.time.Hlc;
import shop.checkout.time.HybridClock;

/**
 * Effects as rows of a table, read and written many in a statement. What is the table's own, its subclass says: its SQL, its columns and how
 * an effect stands in them.
 *
 * @param <T> the requests
 * @param <R> the rows
 */
public abstract class EffectRows<T, R> implements EffectStore<T> {

    /**
     * Statements that take arrays, of which the first two are the saga ids and names of commands.
     *
     * @param find by these two, in the order of the keys; ends where {@code for update} may follow
     * @param insert by these two, {@link #addChanging}, the hybrid timestamps and {@link #addLasting}; leaves rows alone that are there
     * @param update by these two, {@link #addChanging} and the hybrid timestamps
     */
    public record Statements(String find, String insert, String update) {}

    private final String table;
    private final Statements statements;
    private final JdbcTemplate jdbc;
    private final Writes writes;
    private final HybridClock clock;

    /** @param table its name, for messages to people */
    protected EffectRows(String table, Statements statements, JdbcTemplate jdbc, HybridClock clock) {
        this.table = table;
        this.statements = statements;
        this.jdbc = jdbc;
        this.writes = Writes.of(jdbc);
        this.clock = clock;
    }

    protected abstract R row(Standing<T> standing);

    protected abstract MessageKey command(R row);

    /** Adds the columns that an update writes as well. */
    protected abstract Columns<R> addChanging(Columns<R> key);

    /** Adds the columns that stay as they were inserted. */
    protected abstract Columns<R> addLasting(Columns<R> columns);

    protected abstract Standing<T> standing(ResultSet row) throws SQLException;

    @Override
    public List<Standing<T>> find(Collection<MessageKey> commands) {
        return select(statements.find, commands);
    }

    @Override
    public List<Standing<T>> lock(SortedSet<MessageKey> commands) {
        return select(statements.find + " for update", commands);
    }

    @Override
    public void write(List<Change<T>> changes) {
        var sorted = inOrder(changes).toList();
        var added = rows(sorted.stream().filter(it -> it.before().isEmpty()));
        var altered = rows(sorted.stream().filter(it -> it.before().isPresent()));
        if (!added.isEmpty()) {
            var columns = addLasting(changing(added));
            writes.add(written -> expect(added.size(), written), statements.insert, columns.arrays());
        }
        if (!altered.isEmpty()) {
            var columns = changing(altered);
            writes.add(written -> expect(altered.size(), written), statements.update, columns.arrays());
        }
    }

    /** In that of the keys, in which everybody writes. */
    protected Stream<Change<T>> inOrder(List<Change<T>> changes) {
        return changes.stream()
                .sorted(Comparator.comparing(change -> change.after().command()));
    }

    private List<R> rows(Stream<Change<T>> changes) {
        return changes.map(change -> row(change.after())).toList();
    }

    private Columns<R> changing(List<R> rows) {
        var key = Columns.of(rows)
                .text(row -> command(row).sagaId())
                .text(row -> command(row).name());
        return addChanging(key).bigint(_ -> clock.now().packed());
    }

    private List<Standing<T>> select(String sql, Collection<MessageKey> commands) {
        if (commands.isEmpty()) {
            return List.of();
        }
        var keys = Columns.of(List.copyOf(commands)).text(MessageKey::sagaId).text(MessageKey::name);
        return jdbc.query(sql, (row, _) -> observed(row), keys.arrays());
    }

    /** The clock is moved past the row's last change, whoever made it. */
    private Standing<T> observed(ResultSet row) throws SQLException {
        clock.observe(new Hlc(row.getLong("hlc")));
        return standing(row);
    }

    protected static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column))
                .map(Timestamp::toInstant)
                .orElse(null);
    }

    private void expect(int expected, int written) {
        if (written != expected) {
            throw new ConcurrencyFailureException((expected - written) + " of " + expected + " rows of " + table
                    + " were written by somebody else meanwhile");
        }
    }
}
