package shop.checkout.relay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import shop.checkout.time.Hlc;

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
}
