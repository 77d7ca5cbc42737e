package shop.checkout.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shop.checkout.TestDatabase;

class ColumnsIT {

    private record Row(
            UUID id,
            @Nullable String text,
            int small,
            long large,
            @Nullable Instant at) {}

    private static final String ECHO = """
            select * from unnest(?::uuid[], ?::text[], ?::int[], ?::bigint[], ?::timestamptz[])
                with ordinality as k (id, text, small, large, at, place) order by place
            """;

    @Test
    void carriesEveryTypeAndNullInOneRoundTrip() {
        var rows = List.of(
                new Row(UUID.randomUUID(), "plain", 1, 2, Instant.parse("2026-01-01T00:00:00.123456Z")),
                new Row(UUID.randomUUID(), null, Integer.MIN_VALUE, Long.MAX_VALUE, null),
                new Row(UUID.randomUUID(), "{\"a\":[\"b\\\\c\", null]} 'ünï' , NULL", 0, 0, Instant.EPOCH));

        assertThat(echo(rows)).isEqualTo(rows);
    }

    @Test
    void carriesNoRowsAtAll() {
        assertThat(echo(List.of())).isEmpty();
    }

    private static List<Row> echo(List<Row> rows) {
        var columns = Columns.of(rows)
                .text(Row::id)
                .text(Row::text)
                .integer(Row::small)
                .bigint(Row::large)
                .timestamp(Row::at);
        var database = TestDatabase.emptied();
        return database.jdbc()
                .query(
                        ECHO,
                        (row, _) -> new Row(
                                row.getObject("id", UUID.class),
                                row.getString("text"),
                                row.getInt("small"),
                                row.getLong("large"),
                                row.getTimestamp("at") == null
                                        ? null
                                        : row.getTimestamp("at").toInstant()),
                        columns.arrays());
    }
}
