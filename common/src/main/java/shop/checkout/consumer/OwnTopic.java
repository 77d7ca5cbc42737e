package shop.checkout.consumer;

import java.time.Duration;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.kafka.config.TopicBuilder;
import shop.checkout.contract.Topics;

/** The topics that a service owns: a bean of this kind makes the topic when the service starts. */
public final class OwnTopic {

    private static final Duration RETENTION = Duration.ofDays(7);
    /** Kafka deletes whole segments, {@link #RETENTION} after their last record; so this is added for their first one. */
    private static final Duration SEGMENT = Duration.ofDays(1);

    private OwnTopic() {}

    /** Records with the same key keep their order, as the number of partitions never changes; they are kept for 7 to 8 days. */
    public static NewTopic named(String name) {
        return TopicBuilder.name(name)
                .partitions(Topics.PARTITIONS)
                .config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(RETENTION.toMillis()))
                .config(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(SEGMENT.toMillis()))
                .build();
    }
}
