package shop.checkout.consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Headers;
import shop.checkout.jdbc.Columns;

/**
 * Refuses what a relay still sends after another has taken over: a record under a smaller fencing token than one that was
 * accepted before of the same source in the same partition (Kleppmann 2016, "How to do distributed locking"). Nothing is lost
 * by it, because what a replaced leader sends lies above the confirmed position, and its successor publishes it again.
 *
 * <p>In the same partition, because order holds only there: what the old leader rightly published to another one may be read
 * later, and nobody will publish that again. What was seen is stored with the transaction that accepts it, so that it
 * outlives rebalances and restarts, and remembered here, so that a poll asks the database only after an assignment and
 * writes only when a token grows. Thread-safe.
 */
public final class Fence {

    private static final Logger log = LoggerFactory.getLogger(Fence.class);

    private static final String SEEN = """
            select p.topic, p.partition, s.source, s.token
              from unnest(?::text[], ?::int[]) as p (topic, partition)
              join seen_token s on s.topic = p.topic and s.partition = p.partition
            """;

    private static final String SAVE = """
            insert into seen_token (topic, partition, source, token)
            select * from unnest(?::text[], ?::int[], ?::text[], ?::bigint[])
            on conflict (topic, partition, source) do update set token = excluded.token
             where seen_token.token < excluded.token
            """;

    private final JdbcTemplate jdbc;
    private final Counter refusals;
    private final Map<TopicPartition, Map<String, Long>> seen = new ConcurrentHashMap<>();
    private final Set<Stream> told = ConcurrentHashMap.newKeySet();

    public Fence(JdbcTemplate jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.refusals = Counter.builder("checkout.fence.refused")
                .description("Records of relays that had been replaced")
                .register(meters);
    }

    /** Where tokens must never decrease. */
    record Stream(TopicPartition partition, String source) {}

    /**
     * How a poll is judged.
     *
     * @param admitted in the order of the poll
     * @param refused how many of each stream
     * @param grown the tokens that are greater than any seen before
     */
    record Admission(
            List<ConsumerRecord<String, byte[]>> admitted, Map<Stream, Integer> refused, Map<Stream, Long> grown) {}

    /** Others may accept records of these partitions, or have done so. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(seen::remove);
    }

    /** Judges a poll, within its transaction. A record that does not say whose it is passes: its handler will find that it is unreadable. */
    Admission admit(List<ConsumerRecord<String, byte[]>> batch) {
        recall(batch);
        var admission = new Admission(new ArrayList<>(batch.size()), new HashMap<>(), new HashMap<>());
        for (var kafkaRecord : batch) {
            var source = Headers.text(kafkaRecord, Headers.SOURCE);
            var token = token(kafkaRecord);
            if (source.isEmpty() || token.isEmpty()) {
                admission.admitted.add(kafkaRecord);
            } else {
                judge(kafkaRecord, new Stream(partition(kafkaRecord), source.get()), token.get(), admission);
            }
        }
        return admission;
    }

    private void judge(ConsumerRecord<String, byte[]> kafkaRecord, Stream stream, long token, Admission admission) {
        long greatest = Optional.ofNullable(admission.grown.get(stream)).orElseGet(() -> greatestSeen(stream));
        if (token < greatest) {
            admission.refused.merge(stream, 1, Integer::sum);
            return;
        }
        admission.admitted.add(kafkaRecord);
        if (token > greatest) {
            admission.grown.put(stream, token);
        }
    }

    /** Stores what was seen, in the transaction of what is admitted. */
    void save(Admission admission) {
        if (admission.grown.isEmpty()) {
            return;
        }
        var sorted = admission.grown.entrySet().stream()
                .sorted(Comparator.comparing(grown -> grown.getKey().toString())) // so that none waits in a circle
                .toList();
        jdbc.update(
                SAVE,
                Columns.of(sorted)
                        .text(grown -> grown.getKey().partition.topic())
                        .integer(grown -> grown.getKey().partition.partition())
                        .text(grown -> grown.getKey().source)
                        .bigint(Map.Entry::getValue)
                        .arrays());
    }

    /** Remembers what is now stored. */
    void committed(Admission admission) {
        admission.grown.forEach((stream, token) -> {
            seen.getOrDefault(stream.partition, new HashMap<>()).merge(stream.source, token, Math::max);
            told.remove(stream);
        });
        admission.refused.forEach((stream, count) -> {
            refusals.increment(count);
            if (told.add(stream)) {
                log.warn(
                        "Refused {} records of {} in {}: a relay that has been replaced published them under a token below {}",
                        count,
                        stream.source,
                        stream.partition,
                        greatestSeen(stream));
            }
        });
    }

    /** Reads what is known of the poll's partitions, of those that it is not remembered of. */
    private void recall(List<ConsumerRecord<String, byte[]>> batch) {
        var strange = batch.stream()
                .map(Fence::partition)
                .distinct()
                .filter(partition -> !seen.containsKey(partition))
                .toList();
        if (strange.isEmpty()) {
            return;
        }
        var stored = new HashMap<TopicPartition, Map<String, Long>>();
        strange.forEach(partition -> stored.put(partition, new ConcurrentHashMap<>()));
        jdbc.query(
                SEEN,
                row -> {
                    var partition = new TopicPartition(row.getString("topic"), row.getInt("partition"));
                    stored.computeIfAbsent(partition, _ -> new ConcurrentHashMap<>())
                            .put(row.getString("source"), row.getLong("token"));
                },
                Columns.of(strange)
                        .text(TopicPartition::topic)
                        .integer(TopicPartition::partition)
                        .arrays());
        seen.putAll(stored);
    }

    private long greatestSeen(Stream stream) {
        return seen.getOrDefault(stream.partition, Map.of()).getOrDefault(stream.source, 0L);
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> kafkaRecord) {
        return new TopicPartition(kafkaRecord.topic(), kafkaRecord.partition());
    }

    private static Optional<Long> token(ConsumerRecord<?, ?> kafkaRecord) {
        try {
            return Headers.text(kafkaRecord, Headers.FENCING_TOKEN).map(Long::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
