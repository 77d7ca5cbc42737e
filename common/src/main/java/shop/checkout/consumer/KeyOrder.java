package shop.checkout.consumer;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import shop.checkout.outbox.Outbox;
import shop.checkout.parking.KeyQueue;
import shop.checkout.parking.Parking;
import shop.checkout.parking.RecordKey;
import shop.checkout.trace.Traces;

/**
 * Keeps the messages of a record key in order when one of them is parked: see {@link KeyQueue} for who queues behind whom.
 *
 * <p>Which keys have parked messages is remembered for as long as a partition is assigned. Only a poll with a message of
 * such a key asks the database, and while nothing is parked no poll costs more, but the first of a partition. Remembered is
 * at least what there is: only whoever reads a partition parks anything of it, and a key is forgotten only after a look.
 * Thread-safe.
 */
public final class KeyOrder {

    private final Parking parking;
    private final Outbox outbox;
    private final MeterRegistry meters;
    private final Traces traces;
    private final Map<TopicPartition, Set<String>> parked = new ConcurrentHashMap<>();

    public KeyOrder(Parking parking, Outbox outbox, MeterRegistry meters, Traces traces) {
        this.parking = parking;
        this.outbox = outbox;
        this.meters = meters;
        this.traces = traces;
    }

    /**
     * Who of a poll may be acted on.
     *
     * @param free in the order of the poll
     * @param behind what has to queue
     * @param looked the keys that were thought to have parked messages
     */
    record Plan(
            List<ConsumerRecord<String, byte[]>> free,
            List<ConsumerRecord<String, byte[]>> behind,
            Map<RecordKey, KeyQueue> looked) {

        static Plan allFree(List<ConsumerRecord<String, byte[]>> batch) {
            return new Plan(batch, List.of(), Map.of());
        }
    }

    /** Others may park messages of these partitions, or have done so. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(parked::remove);
    }

    /** Plans a poll, within its transaction: until that ends, the queues that it met stay as they are. */
    Plan plan(List<ConsumerRecord<String, byte[]>> batch) {
        recall(batch);
        var keys = new LinkedHashSet<RecordKey>();
        batch.stream().filter(this::mayBeParked).forEach(it -> RecordKey.of(it).ifPresent(keys::add));
        if (keys.isEmpty()) {
            return Plan.allFree(batch);
        }
        var queues = new HashMap<>(parking.lockQueues(keys));
        keys.forEach(key -> queues.computeIfAbsent(key, _ -> new KeyQueue()));
        var plan = new Plan(new ArrayList<>(), new ArrayList<>(), queues);
        for (var kafkaRecord : batch) {
            boolean free = RecordKey.of(kafkaRecord)
                    .map(queues::get)
                    .map(queue -> queue.lets(kafkaRecord))
                    .orElse(true);
            (free ? plan.free : plan.behind).add(kafkaRecord);
        }
        return plan;
    }

    /**
     * Parks what has to wait, and removes what was overtaken; within the poll's transaction, after its handler.
     *
     * @throws Overtaken when a message of the poll was acted on though an earlier one of its key has to wait
     */
    void settle(Plan plan, List<NotYet> notYet) {
        var waiting = new HashSet<>(notYet.stream().map(NotYet::kafkaRecord).toList());
        refuseOvertaking(plan, waiting);
        plan.free.stream()
                .filter(it -> !waiting.contains(it))
                .filter(it -> RecordKey.of(it).filter(plan.looked::containsKey).isPresent())
                .forEach(this::handled); // first, as what waits may be another sending of the same
        notYet.forEach(it -> parking.keepForLater(it.kafkaRecord(), it.reason()));
        plan.behind.forEach(parking::queue);
    }

    /** A message whose key has parked messages was handled. */
    void handled(ConsumerRecord<String, byte[]> kafkaRecord) {
        outbox.append(parking.removeOvertaken(kafkaRecord));
    }

    private static void refuseOvertaking(Plan plan, Set<ConsumerRecord<String, byte[]>> waiting) {
        if (waiting.isEmpty()) {
            return;
        }
        var held = new HashMap<RecordKey, KeyQueue>();
        for (var kafkaRecord : plan.free) {
            RecordKey.of(kafkaRecord).ifPresent(key -> {
                if (waiting.contains(kafkaRecord)) {
                    held.computeIfAbsent(key, _ -> new KeyQueue()).add(kafkaRecord);
                } else if (held.containsKey(key) && !held.get(key).lets(kafkaRecord)) {
                    throw new Overtaken(kafkaRecord);
                }
            });
        }
    }

    /** Remembers what is now stored. */
    void committed(Plan plan, List<NotYet> notYet) {
        plan.free.forEach(it -> RecordKey.of(it)
                .filter(key ->
                        plan.looked.containsKey(key) && plan.looked.get(key).isEmpty())
                .ifPresent(key -> keysOf(it).remove(key.key())));
        Stream.concat(plan.behind.stream(), notYet.stream().map(NotYet::kafkaRecord))
                .forEach(this::isParked);
    }

    /** This one is parked, durably. */
    void isParked(ConsumerRecord<String, byte[]> kafkaRecord) {
        meters.counter("checkout.parking.parked", "topic", kafkaRecord.topic()).increment();
        traces.parked(kafkaRecord);
        RecordKey.of(kafkaRecord).ifPresent(key -> keysOf(kafkaRecord).add(key.key()));
    }

    /** Of the record's partition; nothing is noted of one that is not remembered. */
    private Set<String> keysOf(ConsumerRecord<?, ?> kafkaRecord) {
        return parked.getOrDefault(partition(kafkaRecord), new HashSet<>());
    }

    private boolean mayBeParked(ConsumerRecord<String, byte[]> kafkaRecord) {
        var keys = keysOf(kafkaRecord);
        return !keys.isEmpty()
                && RecordKey.of(kafkaRecord)
                        .filter(key -> keys.contains(key.key()))
                        .isPresent();
    }

    private void recall(List<ConsumerRecord<String, byte[]>> batch) {
        var strange = batch.stream()
                .map(KeyOrder::partition)
                .distinct()
                .filter(partition -> !parked.containsKey(partition))
                .toList();
        if (strange.isEmpty()) {
            return;
        }
        var stored = parking.keys(strange);
        strange.forEach(partition -> {
            Set<String> keys = ConcurrentHashMap.newKeySet();
            keys.addAll(stored.getOrDefault(partition, Set.of()));
            parked.put(partition, keys);
        });
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> kafkaRecord) {
        return new TopicPartition(kafkaRecord.topic(), kafkaRecord.partition());
    }
}
