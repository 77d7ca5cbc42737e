package shop.checkout.orchestrator.breaker;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of the breakers that are not closed. */
final class BreakerTable {

    private static final String COLUMNS = "select participant, state, since, until, openings, released, now() as now";

    private static final String WRITE = """
            insert into participant_breaker (participant, state, since, until, openings, released) values (?, ?, ?, ?, ?, ?)
                on conflict (participant) do update
               set state = excluded.state, since = excluded.since, until = excluded.until, openings = excluded.openings,
                   released = excluded.released
            """;

    /** @param now the time on the database's clock, by which all replicas go */
    record Row(Breaker breaker, Instant now) {}

    private final JdbcTemplate jdbc;

    BreakerTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Map<String, Breaker.State> states() {
        return jdbc
                .query(
                        "select participant, state from participant_breaker",
                        (row, index) ->
                                Map.entry(row.getString("participant"), Breaker.State.valueOf(row.getString("state"))))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Locks it, unless another replica is at it. */
    Optional<Row> lockIfFree(String participant) {
        return find(" from participant_breaker where participant = ? for update skip locked", participant);
    }

    /** Locks nothing unless it is probing, so that answers to a busy participant do not wait for each other. */
    Optional<Row> lockProbing(String participant) {
        return find(" from participant_breaker where participant = ? and state = 'PROBING' for update", participant);
    }

    Optional<Row> lock(String participant) {
        return find(" from participant_breaker where participant = ? for update", participant);
    }

    Instant now() {
        return instant(jdbc.queryForObject("select now()", OffsetDateTime.class));
    }

    void write(Breaker breaker) {
        jdbc.update(
                WRITE,
                breaker.participant(),
                breaker.state().name(),
                breaker.since().atOffset(ZoneOffset.UTC),
                breaker.until().atOffset(ZoneOffset.UTC),
                breaker.openings(),
                breaker.released());
    }

    void delete(String participant) {
        jdbc.update("delete from participant_breaker where participant = ?", participant);
    }

    private Optional<Row> find(String from, String participant) {
        return jdbc.query(COLUMNS + from, BreakerTable::row, participant).stream()
                .findFirst();
    }

    private static Row row(ResultSet row, int index) throws SQLException {
        var breaker = new Breaker(
                row.getString("participant"),
                Breaker.State.valueOf(row.getString("state")),
                instant(row.getObject("since", OffsetDateTime.class)),
                instant(row.getObject("until", OffsetDateTime.class)),
                row.getInt("openings"),
                row.getLong("released"));
        return new Row(breaker, instant(row.getObject("now", OffsetDateTime.class)));
    }

    private static Instant instant(@Nullable OffsetDateTime time) {
        return Objects.requireNonNull(time).toInstant();
    }
}
