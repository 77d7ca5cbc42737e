package shop.checkout.parking;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.jdbc.Columns;
import shop.checkout.message.Message;
import shop.checkout.resilience.Backoff;

/**
 * Messages that could not be handled, kept as they arrived and tried again with full jitter until they can. Nothing leaves
 * but by being handled or by becoming needless. Every method joins the current transaction.
 */
public final class Parking {

    /** A parked message is an exception to look at, not a queue to drain quickly. */
    private static final Backoff POISON = Backoff.fullJitter(Duration.ofSeconds(5), Duration.ofMinutes(5));
    /** Usually a commit that was published a moment before its rows could be seen. */
    private static final Backoff NOT_YET = Backoff.fullJitter(Duration.ofMillis(50), Duration.ofSeconds(30));

    /** A reason may quote what it could not read, which may be of any length. */
    private static final int MAX_REASON = 2_000;

    private static final String INSERT = """
            insert into parked_message (topic, partition, "offset", record_key, message_key, overtakes, headers, payload, reason,
                                        due_at)
            values (?, ?, ?, ?, ?, ?::text[], ?::jsonb, ?, ?, now() + ?::interval)
            on conflict do nothing
            """;

    /** To any parked message m the first of its queue, unless that is m itself. */
    static final String FIRST_AHEAD = """
              left join lateral (select ahead.id, ahead.message_key from parked_message ahead
                                  where ahead.topic = m.topic and ahead.record_key = m.record_key
                                    and ahead."offset" < m."offset"
                                  order by ahead."offset" limit 1) first on true
            """;

    private static final String DUE = """
            select m.topic, m.partition, m."offset", m.record_key, m.headers, m.payload, m.attempts
              from parked_message m
            """ + FIRST_AHEAD + """
             where m.topic = ? and m.due_at <= now() and (first.id is null or first.message_key = any (m.overtakes))
             order by m.due_at, m.partition, m."offset"
             limit 1
               for update of m skip locked
            """;

    private static final String KEYS = """
            select p.topic, p.partition, m.record_key
              from unnest(?::text[], ?::int[]) as p (topic, partition)
              join parked_message m on m.topic = p.topic and m.partition = p.partition
             where m.record_key is not null
             group by p.topic, p.partition, m.record_key
            """;

    private static final String QUEUES = """
            select m.topic, m.record_key, m."offset", m.message_key
              from unnest(?::text[], ?::text[]) as k (topic, record_key)
              join parked_message m on m.topic = k.topic and m.record_key = k.record_key
             order by m.topic, m.record_key, m."offset"
               for update of m
            """;

    private static final String OVERTAKEN = """
            delete from parked_message
             where topic = ? and record_key = ? and "offset" <= ? and message_key = any (?::text[])
            returning topic, partition, "offset", record_key, headers, payload, attempts
            """;

    private final JdbcTemplate jdbc;
    private final StoredRecord stored;
    private final RandomGenerator random;

    public Parking(JdbcTemplate jdbc, Codec codec, RandomGenerator random) {
        this.jdbc = jdbc;
        this.stored = new StoredRecord(codec);
        this.random = random;
    }

    /** Keeps a message whose handling failed. */
    public void park(ConsumerRecord<String, byte[]> kafkaRecord, String reason) {
        insert(kafkaRecord, reason, POISON.delay(1, random));
    }

    /** Keeps a message that cannot be handled yet, for a next try very soon. */
    public void keepForLater(ConsumerRecord<String, byte[]> kafkaRecord, String reason) {
        insert(kafkaRecord, reason, NOT_YET.delay(1, random));
    }

    /** Keeps a message behind others of its key. It is to be tried as soon as they are gone. */
    public void queue(ConsumerRecord<String, byte[]> kafkaRecord) {
        insert(kafkaRecord, "queues behind an earlier message of its key", Duration.ZERO);
    }

    /** The next message of a topic that is due and has nothing ahead of it in its {@link KeyQueue}, locked for this transaction. */
    public Optional<ParkedMessage> nextDue(String topic) {
        return jdbc.query(DUE, stored::read, topic).stream().findFirst();
    }

    /** Which record keys have parked messages. */
    public Map<TopicPartition, Set<String>> keys(List<TopicPartition> partitions) {
        var keys = new HashMap<TopicPartition, Set<String>>();
        jdbc.query(
                KEYS,
                row -> {
                    var partition = new TopicPartition(row.getString("topic"), row.getInt("partition"));
                    keys.computeIfAbsent(partition, _ -> new HashSet<>()).add(row.getString("record_key"));
                },
                Columns.of(partitions)
                        .text(TopicPartition::topic)
                        .integer(TopicPartition::partition)
                        .arrays());
        return keys;
    }

    /**
     * What is parked of these keys; only what is there. It stays there until this transaction ends: a retry under way is waited
     * for, and the next begins afterwards.
     */
    public Map<RecordKey, KeyQueue> lockQueues(Collection<RecordKey> keys) {
        var queues = new HashMap<RecordKey, KeyQueue>();
        jdbc.query(
                QUEUES,
                row -> {
                    var key = new RecordKey(row.getString("topic"), row.getString("record_key"));
                    queues.computeIfAbsent(key, _ -> new KeyQueue())
                            .add(row.getLong("offset"), Optional.ofNullable(row.getString("message_key")));
                },
                Columns.of(List.copyOf(keys))
                        .text(RecordKey::topic)
                        .text(RecordKey::key)
                        .arrays());
        return queues;
    }

    /**
     * Forgets what was parked before this message and needs no handling now that this one was handled: other sendings of it, and
     * what it undoes.
     *
     * @return the replies that are due to those whose senders wait for one: that they were superseded
     */
    public List<Message> removeOvertaken(ConsumerRecord<String, byte[]> handled) {
        var overtakes = StoredRecord.overtakes(handled);
        if (handled.key() == null || overtakes.isEmpty()) {
            return List.of();
        }
        var own = overtakes.getFirst();
        return jdbc
                .query(
                        OVERTAKEN,
                        stored::read,
                        handled.topic(),
                        StoredRecord.storable(handled.key()),
                        handled.offset(),
                        overtakes.toArray(String[]::new))
                .stream()
                .flatMap(gone -> gone.superseded(own).stream())
                .toList();
    }

    /** Forgets a message that was handled at last. */
    public void remove(ParkedMessage message) {
        var kafkaRecord = message.kafkaRecord();
        jdbc.update(
                "delete from parked_message where topic = ? and partition = ? and \"offset\" = ?",
                kafkaRecord.topic(),
                kafkaRecord.partition(),
                kafkaRecord.offset());
    }

    /** Sets the next try of a message that failed once more. */
    public void postpone(ParkedMessage message, String reason, boolean poison) {
        int attempts = message.attempts() + 1;
        var delay = (poison ? POISON : NOT_YET).delay(attempts, random);
        var kafkaRecord = message.kafkaRecord();
        jdbc.update(
                """
                update parked_message set attempts = ?, reason = ?, due_at = now() + ?::interval
                 where topic = ? and partition = ? and "offset" = ?
                """,
                attempts,
                reason(reason),
                delay.toString(),
                kafkaRecord.topic(),
                kafkaRecord.partition(),
                kafkaRecord.offset());
    }

    private void insert(ConsumerRecord<String, byte[]> kafkaRecord, String reason, Duration retryIn) {
        jdbc.update(
                INSERT,
                kafkaRecord.topic(),
                kafkaRecord.partition(),
                kafkaRecord.offset(),
                StoredRecord.recordKey(kafkaRecord).orElse(null),
                StoredRecord.messageKey(kafkaRecord).orElse(null),
                StoredRecord.overtakes(kafkaRecord).toArray(String[]::new),
                stored.headers(kafkaRecord),
                kafkaRecord.value(),
                reason(reason),
                retryIn.toString());
    }

    private static String reason(String reason) {
        return StoredRecord.storable(reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…");
    }
}
