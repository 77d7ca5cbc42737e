package shop.checkout.benchmark.limit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** How fast Kafka takes the messages of sagas from one producer and gives them to one consumer. */
final class KafkaLimits {
    private static final String TOPIC = "benchmark.limit";
    private static final int PARTITIONS = 12;

    /** About what the relay adds to each message as headers. */
    private static final byte[] HEADERS = new byte[250];

    private static final Duration POLL = Duration.ofSeconds(1);

    private final String bootstrapServers;
    private final Duration time;

    KafkaLimits(String bootstrapServers, Duration time) {
        this.bootstrapServers = bootstrapServers;
        this.time = time;
    }

    /** @param payloads of one saga */
    List<Limit> measure(List<String> payloads) throws InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            try {
                var limits = new ArrayList<Limit>();
                long sent = produce(payloads, limits);
                consume(sent, payloads.size(), limits);
                return limits;
            } finally {
                admin.deleteTopics(List.of(TOPIC)).all().get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refuses the topic " + TOPIC, e);
        }
    }

    private long produce(List<String> payloads, List<Limit> limits) {
        var bodies = payloads.stream()
                .map(payload -> payload.getBytes(StandardCharsets.UTF_8))
                .toList();
        var failure = new AtomicReference<Optional<Exception>>(Optional.empty());
        long sent = 0;
        long begun = System.nanoTime();
        try (var producer = new KafkaProducer<>(asTheRelay(), new StringSerializer(), new ByteArraySerializer())) {
            for (; System.nanoTime() - begun < time.toNanos(); sent++) {
                var body = bodies.get((int) (sent % bodies.size()));
                var message = new ProducerRecord<>(TOPIC, Long.toHexString(sent / bodies.size()), body);
                message.headers().add("h", HEADERS);
                producer.send(message, (_, e) -> {
                    if (e != null) {
                        failure.set(Optional.of(e));
                    }
                });
            }
            producer.flush();
            limits.add(new Limit(
                    "messages into Kafka by one producer", sent * 1e9 / (System.nanoTime() - begun), payloads.size()));
        }
        failure.get().ifPresent(e -> {
            throw new IllegalStateException("Kafka did not take all messages", e);
        });
        return sent;
    }

    private void consume(long sent, int perSaga, List<Limit> limits) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "max.poll.records", 500);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long begun = System.nanoTime();
            for (long read = 0; read < sent; ) {
                read += consumer.poll(POLL).count();
            }
            limits.add(new Limit(
                    "messages out of Kafka by one consumer", sent * 1e9 / (System.nanoTime() - begun), perSaga));
        }
    }

    /** The settings of the relay's producer. */
    private Map<String, Object> asTheRelay() {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "max.in.flight.requests.per.connection",
                5,
                "linger.ms",
                0,
                "batch.size",
                64 << 10,
                "buffer.memory",
                16L << 20,
                "compression.type",
                "lz4");
    }
}
