package shop.checkout.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import shop.checkout.codec.Headers;
import shop.checkout.servers.TestServers;

/** Reads a topic from its beginning, as any consumer would, and remembers all. */
final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    TopicReader(String topic) {
        this(topic, TestServers.shared().kafka().bootstrapServers());
    }

    TopicReader(String topic, String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "fetch.min.bytes", "1", "fetch.max.wait.ms", "100"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads until there are so many records. */
    List<ConsumerRecord<String, byte[]>> await(int count) {
        return await(count, Duration.ofSeconds(30));
    }

    List<ConsumerRecord<String, byte[]>> await(int count, Duration limit) {
        Awaitility.await().atMost(limit).pollDelay(Duration.ZERO).until(() -> readOn().size() >= count);
        return List.copyOf(records);
    }

    /** Reads until one has the name. */
    List<ConsumerRecord<String, byte[]>> awaitName(String name) {
        return awaitName(name, Duration.ofSeconds(30));
    }

    List<ConsumerRecord<String, byte[]>> awaitName(String name, Duration limit) {
        Awaitility.await()
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .until(() -> readOn().stream().anyMatch(record -> name(record).equals(name)));
        return List.copyOf(records);
    }

    List<ConsumerRecord<String, byte[]>> readOn() {
        poll().forEach(records::add);
        return records;
    }

    /** Whatever comes next, not remembered. */
    ConsumerRecords<String, byte[]> poll() {
        return consumer.poll(Duration.ofMillis(50));
    }

    static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The message's name within its saga. */
    static String name(ConsumerRecord<String, byte[]> record) {
        return header(record, Headers.ID).substring(record.key().length() + 1);
    }

    static List<String> names(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(TopicReader::name).toList();
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
    }
}
