package shop.checkout.consumer;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records of each topic its readers have not acted on, as Kafka knows it: every replica shows the same, and shows it too when
 * nobody reads, or when a reader does not get any further, which its own client would not tell. Where Kafka does not answer
 * there is no number.
 */
public final class ConsumerLag implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLag.class);
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Admin admin;
    private final Map<String, Set<String>> topicsByGroup;
    private final Map<String, Long> lags = new ConcurrentHashMap<>();

    /** @param kafka settings of an admin client */
    public ConsumerLag(Map<String, Object> kafka, Collection<TopicSubscription> subscriptions, MeterRegistry meters) {
        admin = Admin.create(impatient(kafka));
        topicsByGroup = subscriptions.stream()
                .collect(
                        groupingBy(TopicSubscription::groupId, mapping(TopicSubscription::topic, toUnmodifiableSet())));
        subscriptions.stream()
                .map(TopicSubscription::topic)
                .distinct()
                .forEach(topic -> Gauge.builder("checkout.consumer.lag", () -> lag(topic))
                        .description("Records that are not acted on yet")
                        .baseUnit("records")
                        .tag("topic", topic)
                        .register(meters));
    }

    private static Map<String, Object> impatient(Map<String, Object> kafka) {
        var limit = Math.toIntExact(LIMIT.toMillis());
        var settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, limit);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
        return settings;
    }

    private double lag(String topic) {
        var lag = lags.get(topic);
        return lag == null ? Double.NaN : lag;
    }

    /** Asks anew. Returns within seconds, with or without an answer. */
    public void measure() {
        topicsByGroup.forEach((group, topics) -> topics.forEach(topic -> {
            try {
                lags.put(topic, lag(group, topic));
            } catch (ExecutionException | TimeoutException e) {
                lags.remove(topic);
                LOG.debug("the lag of {} on {} is not known", group, topic, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                lags.remove(topic);
            }
        }));
    }

    private long lag(String group, String topic) throws ExecutionException, TimeoutException, InterruptedException {
        var committed = committed(group);
        var ends = offsets(partitions(topic), OffsetSpec.latest());
        var unread = ends.keySet().stream()
                .filter(it -> !committed.containsKey(it) && ends.getOrDefault(it, 0L) > 0)
                .collect(toUnmodifiableSet());
        var begins = unread.isEmpty() ? committed : offsets(unread, OffsetSpec.earliest());
        return ends.entrySet().stream()
                .mapToLong(end ->
                        end.getValue() - committed.getOrDefault(end.getKey(), begins.getOrDefault(end.getKey(), 0L)))
                .map(lag -> Math.max(0, lag)) // a commit that came between the two questions
                .sum();
    }

    /** Where nothing is committed yet, readers begin at the oldest record. */
    private Map<TopicPartition, Long> committed(String group)
            throws ExecutionException, TimeoutException, InterruptedException {
        return await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet().stream()
                .filter(it -> it.getValue() != null)
                .collect(toMap(Map.Entry::getKey, it -> it.getValue().offset()));
    }

    private Set<TopicPartition> partitions(String topic)
            throws ExecutionException, TimeoutException, InterruptedException {
        return await(admin.describeTopics(Set.of(topic)).allTopicNames()).values().stream()
                .flatMap(it -> it.partitions().stream())
                .map(it -> new TopicPartition(topic, it.partition()))
                .collect(toUnmodifiableSet());
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, TimeoutException, InterruptedException {
        var asked = partitions.stream().collect(toMap(it -> it, _ -> which));
        return await(admin.listOffsets(asked).all()).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, it -> it.getValue().offset()));
    }

    private static <T> T await(KafkaFuture<T> answer)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(2 * LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
