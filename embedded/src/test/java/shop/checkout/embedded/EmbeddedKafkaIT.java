package shop.checkout.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    private static final String TOPIC = "orders";

    @TempDir
    Path folder;

    @Test
    void keepsRecordsOffsetsAndPortBetweenRuns() throws Exception {
        String address;
        try (var kafka = EmbeddedKafka.start(folder, 0)) {
            address = kafka.bootstrapServers();
            createTopic(address);
            send(address, "first");
            assertThat(readAndCommit(address, 1)).containsExactly("first");
            send(address, "second");
        }

        try (var kafka = EmbeddedKafka.start(folder, 0)) {
            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(readAndCommit(address, 1)).containsExactly("second");
        }
    }

    @Test
    void makesNoTopicByAccident() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, 0);
                var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("typo"))
                            .allTopicNames()
                            .get())
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            assertThat(admin.listTopics().names().get()).isEmpty();
        }
    }

    private static void createTopic(String address) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void send(String address, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", address, "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
        }
    }

    private static List<String> readAndCommit(String address, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", address, "group.id", "test", "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            var values = new ArrayList<String>();
            for (int polls = 0; values.size() < count && polls < 100; polls++) {
                consumer.poll(Duration.ofMillis(200)).forEach(entry -> values.add(entry.value()));
            }
            consumer.commitSync();
            return values;
        }
    }
}
