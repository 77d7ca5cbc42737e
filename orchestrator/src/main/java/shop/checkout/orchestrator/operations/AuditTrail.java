package shop.checkout.orchestrator.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.message.SagaId;
import shop.checkout.web.Cursor;
import shop.checkout.web.Page;
import shop.checkout.web.PageRequest;

/** What people have done to sagas, the latest first. */
final class AuditTrail {

    private static final String COLUMNS = """
            select id, at, saga_id, operation, step, operator, reason, revision_before, status_before, revision_after, status_after
              from audit
            """;

    /** One operation; the statuses are those of {@link shop.checkout.orchestrator.saga.SagaStatus}. */
    record Entry(
            long id,
            Instant at,
            SagaId saga,
            String operation,
            @Nullable String step,
            String operator,
            String reason,
            long revisionBefore,
            String statusBefore,
            long revisionAfter,
            String statusAfter) {}

    private final JdbcTemplate jdbc;

    AuditTrail(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param saga of one saga only */
    Page<Entry> list(Optional<SagaId> saga, PageRequest page) {
        long before = page.after().map(cursor -> cursor.read(Long::parseLong)).orElse(Long.MAX_VALUE);
        return page.page(find(saga, before, page.fetch()), entry -> new Cursor("" + entry.id), entry -> entry);
    }

    private List<Entry> find(Optional<SagaId> saga, long before, int limit) {
        return saga.map(it -> jdbc.query(
                        COLUMNS + "where saga_id = ?::uuid and id < ? order by id desc limit ?",
                        AuditTrail::entry,
                        it.toString(),
                        before,
                        limit))
                .orElseGet(() -> jdbc.query(
                        COLUMNS + "where id < ? order by id desc limit ?", AuditTrail::entry, before, limit));
    }

    private static Entry entry(ResultSet row, int index) throws SQLException {
        return new Entry(
                row.getLong("id"),
                Objects.requireNonNull(row.getObject("at", OffsetDateTime.class))
                        .toInstant(),
                SagaId.parse(row.getString("saga_id")),
                row.getString("operation"),
                row.getString("step"),
                row.getString("operator"),
                row.getString("reason"),
                row.getLong("revision_before"),
                row.getString("status_before"),
                row.getLong("revision_after"),
                row.getString("status_after"));
    }
}
