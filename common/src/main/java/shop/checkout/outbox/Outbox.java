package shop.checkout.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import shop.checkout.codec.Codec;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.time.Hlc;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;

/**
 * Messages that leave this service. What is appended is published if and only if the surrounding transaction commits, in
 * the order of commits, at least once.
 */
public final class Outbox {

    private static final String INSERT = """
            insert into outbox (aggregatetype, aggregateid, type, payload, name, cause, reply_to, send, hlc, traceparent)
            select * from unnest(
                ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::bigint[], ?::text[])
            """;

    /** Rows are written in about the order of their ids, which are of the database's clock. */
    private static final String NEWEST = """
            select max(hlc) from (select hlc from outbox order by id desc limit 1000)
            """;

    /** By how much others of a transaction's rows may be newer than its messages. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final JdbcTemplate jdbc;
    private final Writes writes;
    private final Codec codec;
    private final HybridClock clock;
    private final Traces traces;

    public Outbox(JdbcTemplate jdbc, Codec codec, HybridClock clock, Traces traces) {
        this.jdbc = jdbc;
        this.writes = Writes.of(jdbc);
        this.codec = codec;
        this.clock = clock;
        this.traces = traces;
    }

    /**
     * A timestamp that is not smaller than those of what this service has written before: where its clock goes on after a restart. One
     * read of the newest rows.
     */
    public static Hlc newest(JdbcTemplate jdbc) {
        return Optional.ofNullable(jdbc.queryForObject(NEWEST, Long.class))
                .map(Hlc::new)
                .map(hlc -> Hlc.of(hlc.epochMillis() + MARGIN.toMillis(), 0))
                .orElse(Hlc.ZERO);
    }

    /**
     * Appends all messages in one round trip.
     *
     * @throws IllegalStateException outside of a transaction, where the messages would be lost without a word
     */
    public void append(List<Message> messages) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("messages must be appended within a transaction: " + messages);
        }
        if (messages.isEmpty()) {
            return;
        }
        var columns = Columns.of(messages)
                .text(Message::topic)
                .text(message -> message.key().sagaId())
                .text(message -> codec.wireName(message.body().getClass()))
                .text(message -> codec.write(message.body()))
                .text(message -> message.key().name())
                .text(message -> message.cause().map(MessageKey::toString).orElse(null))
                .text(message -> message.replyTo().orElse(null))
                .integer(Message::send)
                .bigint(message -> clock.now().packed())
                .text(message -> message.traceParent()
                        .map(parent -> traces.created(
                                message, codec.wireName(message.body().getClass()), parent))
                        .orElse(null));
        writes.add(INSERT, columns.arrays());
    }
}
