package shop.checkout.e2e.shop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** All that is on Kafka, from the beginning, without belonging to any consumer group. */
public final class Topics {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> broker;

    Topics(String bootstrapServers) {
        this.broker = Map.of("bootstrap.servers", bootstrapServers);
    }

    /** Every record that is there now, in the order of its partition. */
    public List<ConsumerRecord<String, byte[]>> read(Predicate<String> topic) {
        try (var consumer = new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.listTopics().entrySet().stream()
                    .filter(entry -> !entry.getKey().startsWith("__") && topic.test(entry.getKey()))
                    .flatMap(entry -> entry.getValue().stream())
                    .map(it -> new TopicPartition(it.topic(), it.partition()))
                    .toList();
            var ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
            return records;
        }
    }

    /** Puts records once more where they came from, with the same key, headers and value; returns when Kafka has them. */
    public void replay(List<ConsumerRecord<String, byte[]>> records) {
        Map<String, Object> durable = new HashMap<>(broker);
        durable.put("acks", "all");
        try (var producer = new KafkaProducer<>(durable, new StringSerializer(), new ByteArraySerializer())) {
            var sends = records.stream()
                    .map(it -> producer.send(
                            new ProducerRecord<>(it.topic(), it.partition(), it.key(), it.value(), it.headers())))
                    .toList();
            sends.forEach(Topics::get);
        }
    }

    /** How many records the services have not yet noted as dealt with. */
    public long lag(Collection<String> groups) {
        try (var admin = Admin.create(broker)) {
            long lag = 0;
            for (var group : groups) {
                var committed = get(admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .toCompletionStage()
                        .toCompletableFuture());
                var latest = new HashMap<TopicPartition, OffsetSpec>();
                committed.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
                var ends =
                        get(admin.listOffsets(latest).all().toCompletionStage().toCompletableFuture());
                for (var end : ends.entrySet()) {
                    var position = committed.get(end.getKey());
                    lag += end.getValue().offset() - (position == null ? 0 : position.offset());
                }
            }
            return lag;
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError("Kafka should answer", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
