package shop.checkout.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long messages are kept after they have done their work.
 *
 * @param outbox since a message was written; within that time it can be published again if the replication slot is lost
 * @param inbox since a message was acted on; within that time a duplicate is known by its key. It must outlast {@code outbox},
 *     the topics' own retention and {@code margin} together
 * @param margin for clocks that differ, and for Kafka, which deletes late
 * @param interval how often old messages are looked for
 * @param lockTimeout how long writers may have to wait because a partition is made or dropped
 */
@ConfigurationProperties("checkout.retention")
public record RetentionSettings(
        @DefaultValue("3d") Duration outbox,
        @DefaultValue("14d") Duration inbox,
        @DefaultValue("1d") Duration margin,
        @DefaultValue("1h") Duration interval,
        @DefaultValue("100ms") Duration lockTimeout) {

    public RetentionSettings {
        atLeast("outbox", outbox, Duration.ofHours(1));
        atLeast("inbox", inbox, outbox.plus(margin));
        atLeast("margin", margin, Duration.ZERO);
        atLeast("interval", interval, Duration.ofSeconds(1));
        atLeast("lock-timeout", lockTimeout, Duration.ofMillis(1)); // 0 would mean without limit
    }

    private static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "checkout.retention.%s must be at least %s but is %s".formatted(name, least, value));
        }
    }
}
