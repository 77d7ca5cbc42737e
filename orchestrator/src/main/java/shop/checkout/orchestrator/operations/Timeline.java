package shop.checkout.orchestrator.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.saga.HistoryEntry;
import shop.checkout.time.Hlc;

/** What has happened to one saga, oldest first. */
public final class Timeline {

    private static final int MAX_ENTRIES = 500;

    private static final String QUERY = """
            select seq, at, hlc, cause, verdict, message, reply, status, note, changes
              from saga_history where saga_id = ?::uuid order by seq desc limit ?
            """;

    /**
     * One thing that happened; the names are those of {@link HistoryEntry}.
     *
     * @param hlc its hybrid logical time: what caused it has a smaller one, whatever the clocks say
     */
    public record Entry(
            long seq,
            Instant at,
            String hlc,
            String cause,
            String verdict,
            @Nullable String message,
            @Nullable String reply,
            String status,
            @Nullable String note,
            List<HistoryEntry.Change> changes) {}

    private final JdbcTemplate jdbc;
    private final Codec codec;

    Timeline(JdbcTemplate jdbc, Codec codec) {
        this.jdbc = jdbc;
        this.codec = codec;
    }

    /** The last {@value #MAX_ENTRIES} entries, oldest first. */
    public List<Entry> of(SagaId saga) {
        return jdbc.query(QUERY, this::entry, saga.toString(), MAX_ENTRIES).reversed();
    }

    private Entry entry(ResultSet row, int index) throws SQLException {
        return new Entry(
                row.getLong("seq"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new Hlc(row.getLong("hlc")).toString(),
                row.getString("cause"),
                row.getString("verdict"),
                row.getString("message"),
                row.getString("reply"),
                row.getString("status"),
                row.getString("note"),
                List.of(codec.read(HistoryEntry.Change[].class, withAttempts(row.getString("changes")))));
    }

    /** There were only first attempts when attempts were not noted yet. */
    private static String withAttempts(String changes) {
        return changes.contains("\"attempt\":") ? changes : changes.replace("\"send\":", "\"attempt\":1,\"send\":");
    }
}
