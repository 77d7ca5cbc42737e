package shop.checkout.retention;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * How long topics keep a record at most: {@code retention.ms} after the last record of its segment, which grows for up to
 * {@code segment.ms} before the next is begun. {@code retention.bytes} only makes it shorter.
 */
final class TopicRetention {

    /** Longer than any other, and long enough to be refused. */
    static final Duration FOR_EVER = Duration.ofMillis(Long.MAX_VALUE);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final List<String> topics;

    /** @param kafka settings of an admin client */
    TopicRetention(Map<String, Object> kafka, Collection<String> topics) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics.stream().distinct().sorted().toList();
    }

    /**
     * By topic; a topic that does not exist yet is left out.
     *
     * @throws KafkaException when Kafka does not tell
     */
    Map<String, Duration> kept() {
        var resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        try (var admin = Admin.create(kafka)) {
            var kept = new LinkedHashMap<String, Duration>();
            for (var asked : admin.describeConfigs(resources).values().entrySet()) {
                var topic = asked.getKey().name();
                try {
                    kept.put(topic, kept(asked.getValue().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)));
                } catch (ExecutionException e) {
                    failUnlessAbsent(topic, e);
                }
            }
            return kept;
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka did not tell the retention of " + topics + " within " + LIMIT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while Kafka was asked for the retention of " + topics, e);
        }
    }

    private static void failUnlessAbsent(String topic, ExecutionException failure) {
        if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
            throw new KafkaException("Kafka does not tell the retention of topic " + topic, failure.getCause());
        }
    }

    private static Duration kept(Config config) {
        long retention = Long.parseLong(value(config, TopicConfig.RETENTION_MS_CONFIG));
        if (retention < 0 || !value(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains("delete")) {
            return FOR_EVER;
        }
        var whole =
                Duration.ofMillis(retention).plusMillis(Long.parseLong(value(config, TopicConfig.SEGMENT_MS_CONFIG)));
        return whole.compareTo(FOR_EVER) < 0 ? whole : FOR_EVER;
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        if (entry == null) {
            throw new KafkaException("Kafka tells nothing about " + name);
        }
        return entry.value();
    }
}
