package shop.checkout.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows turned into columns: the array parameters of a statement {@code … from unnest(?::text[], ?::bigint[], …)}, so that
 * any number of rows costs one round trip.
 */
public final class Columns<T> {

    private final List<T> rows;
    private final List<Object> arrays = new ArrayList<>();

    private Columns(List<T> rows) {
        this.rows = rows;
    }

    public static <T> Columns<T> of(List<T> rows) {
        return new Columns<>(rows);
    }

    /** Also for types that PostgreSQL reads from text, with a cast such as {@code ?::uuid[]}. */
    public Columns<T> text(Function<T, @Nullable ?> column) {
        var values = new @Nullable String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            var value = column.apply(rows.get(i));
            values[i] = value == null ? null : value.toString();
        }
        arrays.add(values);
        return this;
    }

    public Columns<T> timestamp(Function<T, @Nullable Instant> column) {
        return text(column);
    }

    public Columns<T> bigint(ToLongFunction<T> column) {
        arrays.add(rows.stream().mapToLong(column).toArray());
        return this;
    }

    public Columns<T> integer(ToIntFunction<T> column) {
        arrays.add(rows.stream().mapToInt(column).toArray());
        return this;
    }

    /** One array a column, in the order they were added. */
    public Object[] arrays() {
        return arrays.toArray();
    }
}
