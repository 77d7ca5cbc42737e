package shop.checkout.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.checkout.embedded.Ports;
import shop.checkout.servers.TestServers;

class ConsumerLagIT {

    private static final String KAFKA = TestServers.shared().kafka().bootstrapServers();

    private final String topic = "lag." + UUID.randomUUID();
    private final String group = "group." + topic;
    private final TopicPartition first = new TopicPartition(topic, 0);
    private final TopicPartition second = new TopicPartition(topic, 1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA));
    private final ConsumerLag lag = lag(KAFKA);

    @AfterEach
    void close() {
        lag.close();
        admin.close();
    }

    @Test
    void countsWhatNobodyHasReadYet() throws Exception {
        makeTopic();
        assertThat(measured()).isZero();

        send(first, 5);
        send(second, 2);

        assertThat(measured()).isEqualTo(7);
    }

    @Test
    void doesNotCountWhatIsActedOn() throws Exception {
        makeTopic();
        send(first, 5);
        send(second, 2);

        admin.alterConsumerGroupOffsets(group, Map.of(first, new OffsetAndMetadata(3)))
                .all()
                .get();

        assertThat(measured()).isEqualTo(4);
    }

    @Test
    void doesNotCountWhatKafkaHasForgotten() throws Exception {
        makeTopic();
        send(first, 5);

        admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(4)))
                .all()
                .get();

        assertThat(measured()).isEqualTo(1);
    }

    @Test
    void isNoNumberWhereKafkaDoesNotTell() throws Exception {
        assertThat(measured()).as("there is no such topic").isNaN();
        makeTopic();
        assertThat(measured()).isZero();

        admin.deleteTopics(List.of(topic)).all().get();

        assertThat(measured()).isNaN();
    }

    @Test
    void isNoNumberWhileKafkaIsAway() throws Exception {
        meters.clear();
        try (var lonely = lag("127.0.0.1:" + Ports.free())) {
            lonely.measure();

            assertThat(gauge()).isNaN();
        }
    }

    private ConsumerLag lag(String kafka) {
        var subscription = new TopicSubscription(topic, group, _ -> List.of());
        return new ConsumerLag(Map.of("bootstrap.servers", kafka), List.of(subscription), meters);
    }

    private double measured() {
        lag.measure();
        return gauge();
    }

    private double gauge() {
        return meters.get("checkout.consumer.lag").tag("topic", topic).gauge().value();
    }

    private void makeTopic() throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    }

    private void send(TopicPartition to, int count) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", KAFKA),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, to.partition(), "key", new byte[0]))
                        .get();
            }
        }
    }
}
