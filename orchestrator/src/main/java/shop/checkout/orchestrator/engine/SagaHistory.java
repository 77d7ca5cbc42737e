package shop.checkout.orchestrator.engine;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.saga.HistoryEntry;
import shop.checkout.time.HybridClock;

/** The append-only table of all that has happened to sagas. */
final class SagaHistory {

    private static final String INSERT = """
            insert into saga_history (saga_id, seq, hlc, cause, verdict, message, reply, status, note, changes)
            select * from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                                 ?::text[], ?::text[], ?::text[])
            """;

    /** An entry of one saga. */
    record Line(SagaId saga, HistoryEntry entry) {}

    private final Writes writes;
    private final Codec codec;
    private final HybridClock clock;

    SagaHistory(JdbcTemplate jdbc, Codec codec, HybridClock clock) {
        this.writes = Writes.of(jdbc);
        this.codec = codec;
        this.clock = clock;
    }

    /** Joins the current transaction; one statement for all. */
    void append(List<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        var columns = Columns.of(lines)
                .text(Line::saga)
                .bigint(line -> line.entry.seq())
                .bigint(line -> clock.now().packed())
                .text(line -> line.entry.cause())
                .text(line -> line.entry.verdict())
                .text(line -> line.entry.message().orElse(null))
                .text(line -> line.entry.reply().orElse(null))
                .text(line -> line.entry.status())
                .text(line -> line.entry.note().orElse(null))
                .text(line -> codec.write(line.entry.changes()));
        writes.add(INSERT, columns.arrays());
    }
}
