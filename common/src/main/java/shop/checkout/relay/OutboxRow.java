package shop.checkout.relay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import shop.checkout.message.TraceParent;
import shop.checkout.time.Hlc;
import shop.checkout.trace.About;
import shop.checkout.trace.Traces;

/** A row of the outbox on its way to Kafka. */
record OutboxRow(
        String topic,
        String recordKey,
        String type,
        String payload,
        String name,
        @Nullable String cause,
        @Nullable String replyTo,
        int send,
        long hlc,
        @Nullable String traceParent) {

    /** By the writer's hybrid clock. */
    Instant writtenAt() {
        return Instant.ofEpochMilli(new Hlc(hlc).epochMillis());
    }

    /** Kafka has acknowledged it. */
    void tell(Traces traces) {
        TraceParent.of(traceParent)
                .ifPresent(context -> traces.sent(
                        new About(type, topic, recordKey, recordKey + "/" + name, send), context, writtenAt()));
    }
}
