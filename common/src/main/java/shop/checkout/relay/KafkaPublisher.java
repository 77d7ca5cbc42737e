package shop.checkout.relay;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import shop.checkout.lease.Lease;

/**
 * Publishes batches, in order, each acknowledged by all in-sync replicas before the next.
 *
 * <p>After a failure it must be closed: what was not acknowledged is in doubt, and only a new producer that begins at the confirmed position
 * keeps the order.
 */
final class KafkaPublisher implements AutoCloseable {

    /** How often a waiting publisher looks whether it may still wait. */
    private static final Duration LOOK_UP = Duration.ofMillis(100);

    private final KafkaProducer<String, byte[]> producer;
    private final Lease lease;
    private final Duration ackLimit;

    KafkaPublisher(RelaySettings settings, Lease lease) {
        this.lease = lease;
        this.ackLimit = settings.tuning().ackLimit();
        this.producer = new KafkaProducer<>(config(settings), new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Returns when all are acknowledged.
     *
     * @throws NotPublished when one was refused, or not acknowledged in time, or the lease ran out; any may have been published
     */
    void publish(List<ProducerRecord<String, byte[]>> records) throws InterruptedException {
        if (records.isEmpty()) {
            return;
        }
        var acks = new Acks(records.size());
        long deadline = System.nanoTime() + ackLimit.toNanos();
        for (var next : records) {
            failIfLeaseIsOver();
            producer.send(next, acks);
            acks.failIfRefused(); // what comes after a refused record must not overtake it
        }
        while (!acks.await(LOOK_UP)) {
            failIfLeaseIsOver();
            if (System.nanoTime() - deadline > 0) {
                throw new NotPublished("Kafka acknowledged %d of %d records within %s"
                        .formatted(records.size() - acks.missing(), records.size(), ackLimit));
            }
        }
    }

    private void failIfLeaseIsOver() {
        if (!lease.held()) {
            throw new NotPublished("the lease " + lease + " has run out");
        }
    }

    /** Gives up what is not acknowledged. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    static Map<String, Object> config(RelaySettings settings) {
        var tuning = settings.tuning();
        var limit = Math.toIntExact(tuning.ackLimit().toMillis());
        var config = new HashMap<String, Object>(settings.kafka());
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "relay-" + settings.slot());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // A broker takes any first sequence number from a producer it does not know (KIP-360; KAFKA-15591: refused
        // from Kafka 4.5 on, and there only on an empty partition). Of two requests under way the second could be
        // appended while the first is lost with its connection and sent again later: records of one key in the
        // wrong order.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0); // batches form while the last one is being acknowledged
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10); // a partition's share of a batch goes in one request
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L << 20);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, tuning.compression());
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, limit);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, limit);
        // Longer than anybody waits: the producer itself must never give up one batch and go on with the next, because
        // then
        // records of one key would arrive in the wrong order. Whoever waits too long closes the producer instead.
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3 * limit);
        return config;
    }
}
