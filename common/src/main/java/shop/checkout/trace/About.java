package shop.checkout.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/**
 * What spans say about a message, by the names of OpenTelemetry's semantic conventions.
 *
 * @param wireName of its body
 * @param recordKey on Kafka: the saga's id
 * @param key by which consumers deduplicate
 * @param send how often this key has been sent, from 1
 */
public record About(String wireName, String topic, String recordKey, String key, int send) {

    static final AttributeKey<String> SAGA = AttributeKey.stringKey(SagaId.LOG_FIELD);
    static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("messaging.message.id");

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> RECORD_KEY = AttributeKey.stringKey("messaging.kafka.message.key");
    private static final AttributeKey<Long> SEND = AttributeKey.longKey("checkout.message.send");

    static About of(MessageKey key, String wireName, String topic, int send) {
        return new About(wireName, topic, key.sagaId().toString(), key.toString(), send);
    }

    /** @param operation create, send or process: both what we and what the conventions call it */
    SpanBuilder tell(SpanBuilder span, String operation) {
        return span.setAttribute(SYSTEM, "kafka")
                .setAttribute(DESTINATION, topic)
                .setAttribute(OPERATION, operation)
                .setAttribute(OPERATION_TYPE, operation)
                .setAttribute(RECORD_KEY, recordKey)
                .setAttribute(MESSAGE, key)
                .setAttribute(SEND, (long) send)
                .setAttribute(SAGA, recordKey);
    }
}
