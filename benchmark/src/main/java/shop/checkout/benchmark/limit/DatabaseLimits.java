package shop.checkout.benchmark.limit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** How fast PostgreSQL takes the rows of sagas, and gives their messages to a reader of its log. */
final class DatabaseLimits {
    private static final List<Integer> SAGAS_A_COMMIT = List.of(1, 10, 100);

    private final Scratch scratch;
    private final Duration time;
    private long written;

    DatabaseLimits(Scratch scratch, Duration time) {
        this.scratch = scratch;
        this.time = time;
    }

    List<Limit> measure() throws SQLException {
        commits(SAGAS_A_COMMIT.getLast()); // the client gets warm
        var limits = new ArrayList<Limit>();
        for (int sagas : SAGAS_A_COMMIT) {
            var name = "rows of sagas by one connection, %d a commit".formatted(sagas);
            limits.add(new Limit(name, commits(sagas), 1));
        }
        limits.add(new Limit("messages out of the log by one walsender", decoded(), scratch.messages()));
        return limits;
    }

    /** Sagas a second. */
    private double commits(int sagas) throws SQLException {
        try (var connection = scratch.connect()) {
            connection.setAutoCommit(false);
            long before = written;
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < time.toNanos()) {
                var ids = LongStream.range(written, written + sagas)
                        .mapToObj(DatabaseLimits::id)
                        .toList();
                for (var rows : scratch.rows()) {
                    rows.write(connection, ids);
                }
                connection.commit();
                written += sagas;
            }
            return perSecond(written - before, begun);
        }
    }

    /** Messages a second. */
    private double decoded() throws SQLException {
        long messages = written * scratch.messages();
        long begun = System.nanoTime();
        scratch.readInserts(messages);
        return perSecond(messages, begun);
    }

    /** A UUIDv7, greater than the one before as those of real sagas are; with room for the ids of its messages. */
    private static UUID id(long n) {
        return new UUID((n / 10) << 16 | 0x7000, Long.MIN_VALUE | n << 16);
    }

    private static double perSecond(long count, long begun) {
        return count * 1e9 / (System.nanoTime() - begun);
    }
}
