package shop.checkout.intent;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/**
 * The rows of intents that are still open. A claim moves an intent's due time past the longest call, so that it comes back
 * by itself when its caller dies. All times are the database's.
 */
final class Intents {

    static final int MOST_COUNTED = 10_000;

    private static final String INSERT = """
            insert into intent (saga_id, name, due_at)
            select saga_id, name, now() + ?::interval from unnest(?::uuid[], ?::text[]) as k (saga_id, name)
            on conflict do nothing
            """;

    private static final String CLAIM = """
            update intent i set due_at = now() + ?::interval
              from (select saga_id, name from intent where due_at <= now() order by due_at limit ? for update skip locked) as due
             where i.saga_id = due.saga_id and i.name = due.name
            returning i.saga_id, i.name, i.attempts
            """;

    private static final String DELETE = """
            delete from intent i using unnest(?::uuid[], ?::text[]) as k (saga_id, name)
             where i.saga_id = k.saga_id and i.name = k.name
            """;

    private static final String WAKE = """
            update intent i set due_at = now()
              from unnest(?::uuid[], ?::text[]) as k (saga_id, name)
             where i.saga_id = k.saga_id and i.name = k.name and i.due_at > now()
            """;

    private static final String POSTPONE = """
            update intent set attempts = ?, due_at = now() + ?::interval, last_error = ? where saga_id = ? and name = ?
            """;

    /** Those that are due for longest come first, in the order of their index. */
    private static final String OPEN = """
            select count(*) as intents, count(*) filter (where due_at <= now()) as due,
                   coalesce(extract(epoch from now() - min(created_at)) * 1000, 0)::bigint as since_recorded,
                   greatest(coalesce(extract(epoch from now() - min(due_at)) * 1000, 0)::bigint, 0) as since_due
              from (select created_at, due_at from intent order by due_at limit %d) as open
            """.formatted(MOST_COUNTED);

    private final JdbcTemplate jdbc;
    private final Writes writes;

    Intents(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.writes = Writes.of(jdbc);
    }

    void insert(List<MessageKey> commands, Duration dueIn) {
        var keys = keys(commands);
        writes.add(INSERT, dueIn.toString(), keys[0], keys[1]);
    }

    /** @return the claimed intents with the number of tries so far */
    Map<MessageKey, Integer> claimDue(int limit, Duration claim) {
        var claimed = new LinkedHashMap<MessageKey, Integer>();
        jdbc.query(
                CLAIM,
                row -> {
                    var key = new MessageKey(SagaId.parse(row.getString("saga_id")), row.getString("name"));
                    claimed.put(key, row.getInt("attempts"));
                },
                claim.toString(),
                limit);
        return claimed;
    }

    /** Sends what this transaction has written so far. */
    void flush() {
        writes.flush();
    }

    void delete(Collection<MessageKey> commands) {
        if (!commands.isEmpty()) {
            writes.add(DELETE, keys(List.copyOf(commands)));
        }
    }

    void wake(List<MessageKey> commands) {
        if (!commands.isEmpty()) {
            writes.add(WAKE, keys(commands));
        }
    }

    void postpone(MessageKey command, int attempts, Duration dueIn, String error) {
        jdbc.update(
                POSTPONE, attempts, dueIn.toString(), error, command.sagaId().value(), command.name());
    }

    IntentGauges.Open open() {
        return Objects.requireNonNull(jdbc.queryForObject(
                OPEN,
                (row, _) -> new IntentGauges.Open(
                        row.getLong("intents"),
                        row.getLong("due"),
                        Duration.ofMillis(Math.max(0, row.getLong("since_recorded"))),
                        Duration.ofMillis(row.getLong("since_due")))));
    }

    private static Object[] keys(List<MessageKey> commands) {
        var sorted = commands.stream().sorted().toList();
        return Columns.of(sorted)
                .text(MessageKey::sagaId)
                .text(MessageKey::name)
                .arrays();
    }
}
