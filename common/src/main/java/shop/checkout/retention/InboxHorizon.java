package shop.checkout.retention;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * For how long a message may come again: the outbox may publish it once more as long as it keeps it, and after that the topic may
 * deliver it again as long as it keeps it. The inbox must know it for longer than both together.
 */
record InboxHorizon(Duration inbox, Duration outbox, Duration margin) {

    static InboxHorizon of(RetentionSettings settings) {
        return new InboxHorizon(settings.inbox(), settings.outbox(), settings.margin());
    }

    /** What to change, a sentence for each topic that keeps its records for too long; none if all is well. */
    List<String> faults(Map<String, Duration> kept) {
        return kept.entrySet().stream()
                .filter(topic -> topic.getValue().compareTo(longest()) > 0)
                .map(topic -> fault(topic.getKey(), topic.getValue()))
                .toList();
    }

    /** The longest that a topic may keep a record. */
    private Duration longest() {
        return inbox.minus(outbox).minus(margin);
    }

    private String fault(String topic, Duration kept) {
        if (kept.compareTo(TopicRetention.FOR_EVER) >= 0) {
            return ("Topic %s keeps its records for ever, but the inbox forgets them after %s and would act on them again: set its"
                            + " cleanup.policy to delete, and its retention.ms and segment.ms so that they add up to at most %d (%s).")
                    .formatted(topic, inbox, longest().toMillis(), longest());
        }
        return ("Topic %s keeps a record for up to %s (retention.ms and segment.ms), and the outbox one for %s; with a margin of %s the"
                        + " inbox must remember for %s, but checkout.retention.inbox is %s. Raise checkout.retention.inbox to that, or"
                        + " lower the topic's retention.ms or segment.ms.")
                .formatted(topic, kept, outbox, margin, kept.plus(outbox).plus(margin), inbox);
    }
}
