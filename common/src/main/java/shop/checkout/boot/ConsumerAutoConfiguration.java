package shop.checkout.boot;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.consumer.ConsumerLag;
import shop.checkout.consumer.Fence;
import shop.checkout.consumer.KeyOrder;
import shop.checkout.consumer.PollTimes;
import shop.checkout.consumer.Sweep;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.intent.IntentRunner;
import shop.checkout.outbox.Outbox;
import shop.checkout.parking.ParkedGauge;
import shop.checkout.parking.Parking;
import shop.checkout.trace.Traces;

/** Listens to every {@link TopicSubscription}, runs every {@link Sweep} and carries out every {@link IntentRunner}'s intents. */
@AutoConfiguration(after = MessagingAutoConfiguration.class)
@EnableConfigurationProperties(ConsumerProperties.class)
class ConsumerAutoConfiguration {

    private static final Duration COUNT_EVERY = Duration.ofSeconds(5);

    @Bean
    Fence fence(JdbcTemplate jdbc, MeterRegistry meters) {
        return new Fence(jdbc, meters);
    }

    @Bean
    KeyOrder keyOrder(Parking parking, Outbox outbox, MeterRegistry meters, Traces traces) {
        return new KeyOrder(parking, outbox, meters, traces);
    }

    @Bean
    Listeners listeners(
            List<TopicSubscription> subscriptions,
            KafkaProperties kafka,
            ConsumerProperties settings,
            Fence fence,
            KeyOrder order,
            Parking parking,
            TransactionTemplate transaction,
            MeterRegistry meters,
            Clock clock) {
        var consumers = consumers(kafka.buildConsumerProperties(), settings);
        var times = new PollTimes(meters, clock);
        return new Listeners(subscriptions, consumers, settings, fence, order, parking, transaction, times);
    }

    @Bean
    ListenersHealth listenersHealthIndicator(Listeners listeners) {
        return new ListenersHealth(listeners);
    }

    static ConsumerFactory<String, byte[]> consumers(Map<String, Object> kafka, ConsumerProperties settings) {
        var properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxBatch());
        return new DefaultKafkaConsumerFactory<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    @Bean
    Sweep parkedNow(JdbcTemplate jdbc, MeterRegistry meters, List<TopicSubscription> subscriptions) {
        var topics = subscriptions.stream().map(TopicSubscription::topic).toList();
        return new Sweep("parked now", COUNT_EVERY, new ParkedGauge(jdbc, meters, topics)::count);
    }

    @Bean
    ConsumerLag consumerLag(KafkaAdmin kafka, List<TopicSubscription> subscriptions, MeterRegistry meters) {
        return new ConsumerLag(kafka.getConfigurationProperties(), subscriptions, meters);
    }

    @Bean
    Sweep lagNow(ConsumerLag lag) {
        return new Sweep("consumer lag", COUNT_EVERY, lag::measure);
    }

    @Bean
    IntentLifecycle intentLifecycle(ObjectProvider<IntentRunner<?, ?>> runners) {
        return new IntentLifecycle(runners.orderedStream().toList());
    }

    @Bean
    Sweeper sweeper(List<Sweep> sweeps) {
        return new Sweeper(sweeps);
    }
}
