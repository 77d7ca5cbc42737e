package shop.checkout.web;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Which part of a list a client asks for. */
public record PageRequest(int limit, Optional<Cursor> after) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    /**
     * Reads the parameters {@code limit} (1 to {@value #MAX_LIMIT}, else {@value #DEFAULT_LIMIT}) and {@code cursor}.
     *
     * @throws ProblemException 400 when they are not so
     */
    public static PageRequest parse(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(parseLimit(limit), Optional.ofNullable(cursor).map(Cursor::parse));
    }

    /** How many rows to ask the database for: one more than the page holds tells whether there is a next one. */
    public int fetch() {
        return limit + 1;
    }

    /** @param rows up to {@link #fetch()}, in the list's order */
    public <R, T> Page<T> page(List<R> rows, Function<R, Cursor> cursor, Function<R, T> item) {
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        var next = more ? cursor.apply(shown.getLast()).text() : null;
        return new Page<>(shown.stream().map(item).toList(), next);
    }

    private static int parseLimit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw ProblemException.of(
                HttpStatus.BAD_REQUEST, "invalid-limit", "The limit must be a number from 1 to " + MAX_LIMIT + ".");
    }
}
