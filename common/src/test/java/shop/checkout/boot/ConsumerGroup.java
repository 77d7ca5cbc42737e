package shop.checkout.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.Arrived;
import shop.checkout.TestDatabase;
import shop.checkout.consumer.BatchHandler;
import shop.checkout.consumer.Fence;
import shop.checkout.consumer.KeyOrder;
import shop.checkout.consumer.PollTimes;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.Topics;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.servers.TestServers;
import shop.checkout.trace.Traces;

/** A topic of twelve partitions and the group that reads it, with the services' own settings. */
final class ConsumerGroup implements AutoCloseable {

    private static final String PROPERTIES = "spring.kafka.consumer.properties.";
    private static final ConsumerProperties SETTINGS = new ConsumerProperties(500, 1, Duration.ofMillis(50));

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final String topic;
    private final KafkaProducer<String, byte[]> producer;
    private final Set<Listeners> running = ConcurrentHashMap.newKeySet();

    ConsumerGroup(String topic) throws ExecutionException, InterruptedException {
        this.topic = topic;
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Topics.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers()), new StringSerializer(), new ByteArraySerializer());
    }

    /** Another replica. */
    Listeners start(TestDatabase database, TransactionTemplate transaction, BatchHandler handler) {
        var meters = new SimpleMeterRegistry();
        var parking = database.parking(RETRY_AFTER.toNanos());
        var listeners = new Listeners(
                List.of(new TopicSubscription(topic, topic, handler)),
                factory(),
                SETTINGS,
                new Fence(database.jdbc(), meters),
                new KeyOrder(parking, database.outbox(), meters, Traces.off(new Random(1))),
                parking,
                transaction,
                new PollTimes(meters, Clock.systemUTC()));
        listeners.start();
        running.add(listeners);
        return listeners;
    }

    void stop(Listeners listeners) {
        running.remove(listeners);
        listeners.stop();
    }

    /** Joins the group, and reads on until it has a share of the partitions. */
    Consumer<String, byte[]> join() {
        var consumer = factory().createConsumer(topic, "");
        consumer.subscribe(List.of(topic));
        await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return !consumer.assignment().isEmpty();
        });
        return consumer;
    }

    /** A replica that is killed between the commit of its transaction and that of its offsets. */
    void joinActAndDie(TestDatabase database, BatchHandler handler) {
        var victim = factory().createConsumer(topic, "");
        victim.subscribe(List.of(topic));
        var joining = await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(
                        TransientDataAccessException.class); // the same, acted on by another just now
        joining.until(() -> {
            var batch = new ArrayList<ConsumerRecord<String, byte[]>>();
            victim.poll(Duration.ofMillis(100)).forEach(batch::add);
            database.commit(() -> handler.handle(batch));
            return !batch.isEmpty();
        });
        kill(victim);
    }

    /** As kill -9 does: its heartbeats stop, and it tells nobody. */
    static void kill(Consumer<?, ?> consumer) {
        consumer.close(CloseOptions.timeout(Duration.ZERO)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
    }

    /** One command of each saga. */
    void send(List<SagaId> sagas) {
        sagas.forEach(saga -> send(Arrived.of(Message.command(
                MessageKey.ofStep(saga, "reserve-inventory", 1).undo(),
                topic,
                new ReleaseInventory(OrderId.of(saga)),
                Optional.empty(),
                "checkout.replies",
                1))));
        producer.flush();
    }

    /** One record for each partition. */
    void sendToEach(String content) {
        IntStream.range(0, Topics.PARTITIONS)
                .forEach(partition ->
                        producer.send(new ProducerRecord<>(topic, partition, "" + partition, content.getBytes(UTF_8))));
        producer.flush();
    }

    private void send(ConsumerRecord<String, byte[]> kafkaRecord) {
        producer.send(
                new ProducerRecord<>(topic, null, null, kafkaRecord.key(), kafkaRecord.value(), kafkaRecord.headers()));
    }

    @Override
    public void close() {
        List.copyOf(running).forEach(this::stop);
        producer.close();
    }

    private static ConsumerFactory<String, byte[]> factory() {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("checkout-defaults.yml"));
        var properties = new HashMap<String, Object>(Map.of("bootstrap.servers", bootstrapServers()));
        Objects.requireNonNull(yaml.getObject()).forEach((name, value) -> {
            if (name.toString().startsWith(PROPERTIES)) {
                properties.put(name.toString().substring(PROPERTIES.length()), value.toString());
            }
        });
        return ConsumerAutoConfiguration.consumers(properties, SETTINGS);
    }

    private static String bootstrapServers() {
        return TestServers.shared().kafka().bootstrapServers();
    }
}
