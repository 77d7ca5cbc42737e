package shop.checkout.inbox;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;

/**
 * Which messages this service has acted on, and what it answered. Every method joins the current transaction and costs one
 * round trip for any number of messages. Rows are written in key order, so that two consumers never deadlock.
 */
public final class Inbox {

    /**
     * The keys are given twice, here and below: only of {@code any(…)} does the planner know which partitions are concerned. By the join
     * alone it reads the small ones whole, one a day, for a batch of many keys.
     */
    private static final String FIND = """
            select i.saga_id, i.name, i.reply_to, i.send, i.answered, i.reply_type, i.reply_payload, i.traceparent
              from inbox i
              join unnest(?::uuid[], ?::text[]) as k (saga_id, name) on i.saga_id = k.saga_id and i.name = k.name
             where i.saga_id = any(?::uuid[])
            """;

    private static final String INSERT = """
            insert into inbox (saga_id, name, reply_to, send, answered, reply_type, reply_payload, traceparent)
            select * from unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[])
            on conflict do nothing
            """;

    private static final String SENT_AGAIN = """
            update inbox i set send = greatest(i.send, k.send), answered = greatest(i.answered, k.answered)
              from unnest(?::uuid[], ?::text[], ?::int[], ?::int[]) as k (saga_id, name, send, answered)
             where i.saga_id = any(?::uuid[]) and i.saga_id = k.saga_id and i.name = k.name
            """;

    private static final String ANSWER = """
            update inbox i set reply_type = k.type, reply_payload = k.payload, answered = i.send
              from unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) as k (saga_id, name, type, payload)
             where i.saga_id = any(?::uuid[]) and i.saga_id = k.saga_id and i.name = k.name
            returning i.saga_id, i.name, i.reply_to, i.send, i.answered, i.reply_type, i.reply_payload, i.traceparent
            """;

    private final JdbcTemplate jdbc;
    private final Writes writes;
    private final Codec codec;

    public Inbox(JdbcTemplate jdbc, Codec codec) {
        this.jdbc = jdbc;
        this.writes = Writes.of(jdbc);
        this.codec = codec;
    }

    /** Those of the messages that have been acted on. */
    public Map<MessageKey, InboxEntry> find(Collection<MessageKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        var columns = Columns.of(List.copyOf(keys))
                .text(MessageKey::sagaId)
                .text(MessageKey::name)
                .text(MessageKey::sagaId);
        return jdbc.query(FIND, this::entry, columns.arrays()).stream().collect(toMap(InboxEntry::key, identity()));
    }

    /**
     * Records messages as acted on. The commit throws {@link ConcurrentDelivery} when one of them already was.
     */
    public void insert(List<InboxEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        var sorted =
                entries.stream().sorted((a, b) -> a.key().compareTo(b.key())).toList();
        var columns = Columns.of(sorted)
                .text(entry -> entry.key().sagaId())
                .text(entry -> entry.key().name())
                .text(entry -> entry.replyTo().orElse(null))
                .integer(InboxEntry::send)
                .integer(InboxEntry::answered)
                .text(entry -> entry.reply()
                        .map(reply -> codec.wireName(reply.getClass()))
                        .orElse(null))
                .text(entry -> entry.reply().map(codec::write).orElse(null))
                .text(entry -> entry.traceParent().orElse(null));
        writes.add(inserted -> expect(sorted.size(), inserted), INSERT, columns.arrays());
    }

    private static void expect(int expected, int inserted) {
        if (inserted != expected) {
            throw new ConcurrentDelivery(expected, inserted);
        }
    }

    /** Notes that messages were sent, and perhaps answered, once more. */
    public void sentAgain(List<InboxEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        var columns = Columns.of(entries)
                .text(entry -> entry.key().sagaId())
                .text(entry -> entry.key().name())
                .integer(InboxEntry::send)
                .integer(InboxEntry::answered)
                .text(entry -> entry.key().sagaId());
        writes.add(SENT_AGAIN, columns.arrays());
    }

    /**
     * Records the answers to messages that were acted on earlier.
     *
     * @return the replies to send
     * @throws IllegalStateException when one of the messages was never acted on
     */
    public List<Message> answer(Map<MessageKey, Object> replies) {
        if (replies.isEmpty()) {
            return List.of();
        }
        var sorted =
                replies.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        var columns = Columns.of(sorted)
                .text(reply -> reply.getKey().sagaId())
                .text(reply -> reply.getKey().name())
                .text(reply -> codec.wireName(reply.getValue().getClass()))
                .text(reply -> codec.write(reply.getValue()))
                .text(reply -> reply.getKey().sagaId());
        var entries = jdbc.query(ANSWER, this::entry, columns.arrays());
        if (entries.size() != sorted.size()) {
            throw new IllegalStateException("of the commands " + replies.keySet() + " the inbox has only "
                    + entries.stream().map(InboxEntry::key).toList());
        }
        return entries.stream().flatMap(entry -> reply(entry).stream()).toList();
    }

    /** The reply to send for an entry, with its latest send number; none while it has no answer or nobody asked for one. */
    public static Optional<Message> reply(InboxEntry entry) {
        return entry.replyTo()
                .flatMap(topic -> entry.reply()
                        .map(body -> Message.reply(entry.key(), topic, body, entry.send()))
                        .map(reply -> reply.traced(entry.traceParent())));
    }

    private InboxEntry entry(ResultSet row, int index) throws SQLException {
        var key = new MessageKey(SagaId.parse(row.getString("saga_id")), row.getString("name"));
        var type = row.getString("reply_type");
        Optional<Object> reply =
                type == null ? Optional.empty() : Optional.of(codec.read(type, row.getString("reply_payload")));
        return new InboxEntry(
                key,
                Optional.ofNullable(row.getString("reply_to")),
                row.getInt("send"),
                row.getInt("answered"),
                reply,
                TraceParent.of(row.getString("traceparent")));
    }
}
