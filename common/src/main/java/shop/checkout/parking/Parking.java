package shop.checkout.parking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.resilience.Backoff;

/**
 * Messages that could not be handled, kept as they arrived and tried again with full jitter until they can. Nothing leaves
 * but by being handled. Every method joins the current transaction.
 */
public final class Parking {

    /** A parked message is an exception to look at, not a queue to drain quickly. */
    private static final Backoff POISON = Backoff.fullJitter(Duration.ofSeconds(5), Duration.ofMinutes(5));
    /** Usually a commit that was published a moment before its rows could be seen. */
    private static final Backoff NOT_YET = Backoff.fullJitter(Duration.ofMillis(50), Duration.ofSeconds(30));

    /** A reason may quote what it could not read, which may be of any length. */
    private static final int MAX_REASON = 2_000;

    private static final String INSERT = """
            insert into parked_message (topic, partition, "offset", record_key, message_key, headers, payload, reason, due_at)
            values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, now() + ?::interval)
            on conflict do nothing
            """;

    private static final String DUE = """
            select topic, partition, "offset", record_key, headers, payload, attempts
              from parked_message
             where topic = ? and due_at <= now()
             order by partition, "offset"
             limit 1
               for update skip locked
            """;

    private final JdbcTemplate jdbc;
    private final Codec codec;
    private final RandomGenerator random;

    public Parking(JdbcTemplate jdbc, Codec codec, RandomGenerator random) {
        this.jdbc = jdbc;
        this.codec = codec;
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

    /** The next message of a topic that is due, locked for this transaction. */
    public Optional<ParkedMessage> nextDue(String topic) {
        return jdbc.query(DUE, this::parked, topic).stream().findFirst();
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
        var headers = headers(kafkaRecord);
        jdbc.update(
                INSERT,
                kafkaRecord.topic(),
                kafkaRecord.partition(),
                kafkaRecord.offset(),
                kafkaRecord.key() == null ? null : storable(kafkaRecord.key()),
                headers.get(Headers.ID),
                codec.write(headers),
                kafkaRecord.value(),
                reason(reason),
                retryIn.toString());
    }

    private static Map<String, @Nullable String> headers(ConsumerRecord<?, ?> kafkaRecord) {
        var headers = new LinkedHashMap<String, @Nullable String>();
        kafkaRecord
                .headers()
                .forEach(header -> headers.put(
                        storable(header.key()),
                        header.value() == null ? null : storable(new String(header.value(), UTF_8))));
        return headers;
    }

    private static String reason(String reason) {
        return storable(reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…");
    }

    /** PostgreSQL's texts hold any character but NUL, and what cannot even be parked would block its partition for ever. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    @SuppressWarnings("unchecked")
    private ParkedMessage parked(ResultSet row, int index) throws SQLException {
        var headers = new RecordHeaders();
        Map<String, @Nullable String> stored = codec.read(Map.class, row.getString("headers"));
        stored.forEach((name, value) -> headers.add(name, value == null ? null : value.getBytes(UTF_8)));
        var kafkaRecord = new ConsumerRecord<>(
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("offset"),
                ConsumerRecord.NO_TIMESTAMP,
                TimestampType.NO_TIMESTAMP_TYPE,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                row.getString("record_key"),
                row.getBytes("payload"),
                headers,
                Optional.empty());
        return new ParkedMessage(kafkaRecord, row.getInt("attempts"));
    }
}
