package shop.checkout.participant;

import shop.checkout.codec.Codec;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.inbox.Inbox;
import shop.checkout.intent.IntentRecorder;
import shop.checkout.outbox.Outbox;
import shop.checkout.participant.CommandConsumer.DuplicateCounter;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;

/** Subscribes a service's handlers to the topics that they serve. */
public final class Participants {

    private final String service;
    private final Codec codec;
    private final Inbox inbox;
    private final Outbox outbox;
    private final HybridClock clock;
    private final Traces traces;
    private final DuplicateCounter duplicates;

    /** @param service the name of the service, which is also its consumer group */
    public Participants(
            String service,
            Codec codec,
            Inbox inbox,
            Outbox outbox,
            HybridClock clock,
            Traces traces,
            DuplicateCounter duplicates) {
        this.service = service;
        this.codec = codec;
        this.inbox = inbox;
        this.outbox = outbox;
        this.clock = clock;
        this.traces = traces;
        this.duplicates = duplicates;
    }

    /** Handlers that answer at once. */
    public TopicSubscription subscribe(String topic, CommandHandlers<?> handlers) {
        return subscribe(topic, handlers, IntentRecorder.NONE);
    }

    /** Handlers that may need the outside world before they can answer. */
    public TopicSubscription subscribe(String topic, CommandHandlers<?> handlers, IntentRecorder intents) {
        var consumer = new CommandConsumer<>(handlers, codec, inbox, outbox, intents, clock, traces, duplicates);
        return new TopicSubscription(topic, service, consumer);
    }
}
