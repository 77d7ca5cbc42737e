package shop.checkout.relay;

import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox on its way to Kafka.
 *
 * @param createdAt RFC 3339, UTC
 */
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
        @Nullable String traceParent,
        String createdAt) {}
