package shop.checkout.orchestrator.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;
import shop.checkout.orchestrator.saga.Deadline;
import shop.checkout.orchestrator.saga.Rejection;
import shop.checkout.time.Hlc;
import shop.checkout.time.HybridClock;

/**
 * The table of sagas. Whatever number of rows is read or written in one statement. Every read shows the rows' hybrid
 * timestamps to the clock, so that what follows is later. All methods join the current transaction.
 */
final class Sagas {

    private static final String COLUMNS = """
            select id, definition, version, rejection, then_again, deadline_at, deadline_missed, data, steps, revision, hlc,
                   wake_at, created_at, updated_at, traceparent, now() as now
              from saga
            """;

    private static final String INSERT = """
            insert into saga (id, definition, version, status, reason, rejection, then_again, deadline_at, deadline_missed,
                              held_by, data, steps, revision, hlc, wake_at, traceparent)
            select * from unnest(?::uuid[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[], ?::boolean[],
                                 ?::timestamptz[], ?::boolean[], ?::text[], ?::jsonb[], ?::text[], ?::bigint[], ?::bigint[],
                                 ?::timestamptz[], ?::text[])
            """;

    private static final String UPDATE = """
            update saga
               set status = new.status, reason = new.reason, rejection = new.rejection, then_again = new.then_again,
                   deadline_at = new.deadline_at, deadline_missed = new.deadline_missed, held_by = new.held_by,
                   data = new.data, steps = new.steps, revision = new.revision, hlc = new.hlc, wake_at = new.wake_at,
                   updated_at = now()
              from unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::timestamptz[],
                          ?::boolean[], ?::text[], ?::jsonb[], ?::text[], ?::bigint[], ?::bigint[], ?::timestamptz[])
                as new (id, was, status, reason, rejection, then_again, deadline_at, deadline_missed, held_by, data, steps,
                        revision, hlc, wake_at)
             where saga.id = new.id and saga.revision = new.was
            """;

    /** For how long one that cannot be worked on is left alone. */
    static final Duration AFTER_A_FAULT = Duration.ofSeconds(30);

    /** While a newer build is rolled out, its sagas are left to it. */
    private static final String OF_THIS_BUILD = " and definition || ' v' || version = any(?)";

    private final JdbcTemplate jdbc;
    private final Writes writes;
    private final SagaKinds kinds;
    private final HybridClock clock;

    Sagas(JdbcTemplate jdbc, SagaKinds kinds, HybridClock clock) {
        this.jdbc = jdbc;
        this.writes = Writes.of(jdbc);
        this.kinds = kinds;
        this.clock = clock;
    }

    /** The time on the database's clock, at which the current transaction began. */
    Instant now() {
        return instant(jdbc.queryForObject("select now()", OffsetDateTime.class))
                .orElseThrow();
    }

    /** Locks those that exist, in the order of their ids, which all lock in. */
    Map<SagaId, SagaRun<?>> lock(Collection<SagaId> ids) {
        return byId(jdbc.query(COLUMNS + "where id = any(?::uuid[]) order by id for update", this::run, texts(ids)));
    }

    /** The same, but those that only another build knows are left to it. */
    Map<SagaId, SagaRun<?>> lockKnown(Collection<SagaId> ids) {
        return byId(jdbc.query(
                COLUMNS + "where id = any(?::uuid[])" + OF_THIS_BUILD + " order by id for update",
                this::run,
                texts(ids),
                kinds.names()));
    }

    private static Map<SagaId, SagaRun<?>> byId(List<SagaRun<?>> runs) {
        return runs.stream().collect(Collectors.toMap(SagaRun::id, run -> run));
    }

    /** Locks some that are due and that nobody else is at. */
    List<SagaRun<?>> lockDue(int limit) {
        return jdbc.query(
                COLUMNS + "where wake_at <= now()" + OF_THIS_BUILD + " order by wake_at limit ? for update skip locked",
                this::run,
                kinds.names(),
                limit);
    }

    /** Locks some of those that a participant holds up and that nobody else is at, the oldest first. */
    List<SagaRun<?>> lockHeld(String participant, int limit) {
        return jdbc.query(
                COLUMNS + "where held_by = ?" + OF_THIS_BUILD + " order by id limit ? for update skip locked",
                this::run,
                participant,
                kinds.names(),
                limit);
    }

    /** Locks it, unless somebody else is at it. */
    Optional<SagaRun<?>> lockIfFree(SagaId id) {
        return jdbc
                .<SagaRun<?>>query(COLUMNS + "where id = ?::uuid for update skip locked", this::run, id.toString())
                .stream()
                .findFirst();
    }

    List<SagaId> heldIds(String participant, int limit) {
        return jdbc.query(
                "select id from saga where held_by = ?" + OF_THIS_BUILD + " order by id limit ?",
                (row, index) -> SagaId.parse(row.getString("id")),
                participant,
                kinds.names(),
                limit);
    }

    /** The participants that hold sagas up. */
    List<String> heldBy() {
        return jdbc.query(
                "select distinct held_by from saga where held_by is not null", (row, index) -> row.getString(1));
    }

    /** Whether so many are held back. */
    boolean areHeld(int many) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select count(*) >= ? from (select 1 from saga where held_by is not null limit ?)",
                Boolean.class,
                many,
                many));
    }

    List<SagaId> due(int limit) {
        return jdbc.query(
                "select id from saga where wake_at <= now()" + OF_THIS_BUILD + " order by wake_at limit ?",
                (row, index) -> SagaId.parse(row.getString("id")),
                kinds.names(),
                limit);
    }

    /** Has nobody look at a saga for a while, nor let it go on. */
    void postpone(SagaId id, Duration by) {
        jdbc.update(
                "update saga set held_by = null, wake_at = now() + ?::interval where id = ?::uuid and wake_at is not null",
                by.toString(),
                id.toString());
    }

    Optional<SagaView<?>> find(SagaId id) {
        return jdbc.<SagaView<?>>query(COLUMNS + "where id = ?::uuid", this::view, id.toString()).stream()
                .findFirst();
    }

    void insert(List<SagaRun<?>> runs) {
        var columns = Columns.of(runs)
                .text(SagaRun::id)
                .text(run -> run.kind().definition().name())
                .integer(run -> run.kind().definition().version())
                .text(run -> run.saga().status());
        var all = state(columns).text(run -> run.traceParent().orElse(null));
        writes.add(INSERT, all.arrays());
    }

    /** The commit throws {@link IllegalStateException} when a row was changed by somebody who did not lock it. */
    void update(List<SagaRun<?>> runs) {
        var columns = Columns.of(runs)
                .text(SagaRun::id)
                .bigint(SagaRun::storedRevision)
                .text(run -> run.saga().status());
        writes.add(updated -> expect(runs, updated), UPDATE, state(columns).arrays());
    }

    private static void expect(List<SagaRun<?>> runs, int updated) {
        if (updated != runs.size()) {
            throw new IllegalStateException("only " + updated + " of " + runs.size()
                    + " sagas were still as they had been locked: "
                    + runs.stream().map(SagaRun::id).toList());
        }
    }

    private Columns<SagaRun<?>> state(Columns<SagaRun<?>> columns) {
        return columns.text(run -> run.saga().reason().orElse(null))
                .text(run -> run.saga().rejection().map(Rejection::reason).orElse(null))
                .text(run -> run.saga().rejection().map(Rejection::thenAgain).orElse(false))
                .timestamp(run -> run.saga().deadline().map(Deadline::at).orElse(null))
                .text(run -> run.saga().deadline().map(Deadline::missed).orElse(false))
                .text(run -> run.heldBy().orElse(null))
                .text(SagaRun::dataToStore)
                .text(SagaRun::stepsToStore)
                .bigint(run -> run.saga().revision())
                .bigint(run -> clock.now().packed())
                .timestamp(run -> run.wakeAtToStore().orElse(null));
    }

    private SagaView<?> view(ResultSet row, int index) throws SQLException {
        return run(row, index).view(instant(row, "updated_at").orElseThrow());
    }

    private SagaRun<?> run(ResultSet row, int index) throws SQLException {
        clock.observe(new Hlc(row.getLong("hlc")));
        var stored = new SagaRun.Stored(
                row.getLong("revision"),
                row.getString("data"),
                rejection(row),
                deadline(row),
                instant(row, "wake_at"),
                instant(row, "now").orElseThrow(),
                instant(row, "created_at").orElseThrow(),
                TraceParent.of(row.getString("traceparent")));
        return kinds.named(row.getString("definition"), row.getInt("version"))
                .loaded(SagaId.parse(row.getString("id")), row.getString("steps"), stored);
    }

    private static Optional<Rejection> rejection(ResultSet row) throws SQLException {
        boolean thenAgain = row.getBoolean("then_again");
        return Optional.ofNullable(row.getString("rejection")).map(it -> new Rejection(it, thenAgain));
    }

    private static Optional<Deadline> deadline(ResultSet row) throws SQLException {
        boolean missed = row.getBoolean("deadline_missed");
        return instant(row, "deadline_at").map(it -> new Deadline(it, missed));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return instant(row.getObject(column, OffsetDateTime.class));
    }

    private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }

    private static Object texts(Collection<SagaId> ids) {
        return ids.stream().map(SagaId::toString).toArray(String[]::new);
    }
}
