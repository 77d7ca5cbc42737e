package shop.checkout.retention;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.jdbc.DailyPartitions;

/**
 * Lets a service forget old messages: of the outbox what is published, of the inbox what cannot come again, each by dropping
 * the partition of a day. Any number of replicas may do so at once.
 */
public final class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final OutboxRetention outbox;
    private final InboxRetention inbox;
    private final InboxHorizon horizon;
    private final TopicRetention topics;
    private final RetentionMetrics metrics;

    /**
     * @param slot of the relay that publishes the outbox
     * @param topics that the service reads
     * @param kafka settings of an admin client
     */
    public Retention(
            RetentionSettings settings,
            String slot,
            Collection<String> topics,
            Map<String, Object> kafka,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            Clock clock,
            MeterRegistry registry) {
        var partitions =
                new DailyPartitions(jdbc, transaction, clock, settings.lockTimeout(), List.of("outbox", "inbox"));
        var drop = new PartitionDrop(jdbc, transaction, settings.lockTimeout());
        this.outbox = new OutboxRetention(jdbc, drop, partitions, slot, settings.outbox(), clock);
        this.inbox = new InboxRetention(drop, partitions, settings.inbox(), clock);
        this.horizon = InboxHorizon.of(settings);
        this.topics = new TopicRetention(kafka, topics);
        this.metrics = new RetentionMetrics(registry, jdbc, partitions, clock);
    }

    /**
     * To be called before the first message is read. If Kafka cannot be asked the service may start all the same: {@link #forget}
     * asks again before anything is forgotten.
     *
     * @throws IllegalStateException when the inbox would forget what a topic can still deliver; it says what to change
     */
    public void check() {
        var faults = faults();
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join(" ", faults));
        }
    }

    /** One turn. What cannot go now is tried again at the next. */
    public void forget() {
        metrics.dropped("outbox", outbox.forget());
        if (mayForgetInbox()) {
            metrics.dropped("inbox", inbox.forget());
        }
        metrics.refresh();
    }

    /** A topic may have been changed since the start. */
    private boolean mayForgetInbox() {
        try {
            var faults = horizon.faults(topics.kept());
            faults.forEach(fault -> log.error("ALARM: the inbox is kept whole. {}", fault));
            return faults.isEmpty();
        } catch (KafkaException e) {
            log.warn("The inbox is kept whole this time: {}", e.toString());
            return false;
        }
    }

    private List<String> faults() {
        try {
            return horizon.faults(topics.kept());
        } catch (KafkaException e) {
            log.warn("Whether the inbox outlasts the topics is not known yet: {}", e.toString());
            return List.of();
        }
    }
}
