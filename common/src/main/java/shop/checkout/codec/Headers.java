package shop.checkout.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import shop.checkout.message.TraceParent;

/**
 * The headers of a Kafka record: CloudEvents 1.0 in Kafka's binary mode, with extensions. All values are UTF-8 text.
 */
public final class Headers {

    /** The message key. */
    public static final String ID = "ce_id";
    /** The service that sent it, such as {@code /payment-service}. */
    public static final String SOURCE = "ce_source";
    /** The wire name. */
    public static final String TYPE = "ce_type";

    public static final String SPEC_VERSION = "ce_specversion";
    /** When its row was written; for people, never for order. */
    public static final String TIME = "ce_time";

    public static final String CONTENT_TYPE = "content-type";
    /** The key of the message that led to this one. */
    public static final String CAUSE = "ce_causationid";
    /** The sender's hybrid timestamp. */
    public static final String HLC = "ce_hlc";
    /** The lease under which the relay published it. */
    public static final String FENCING_TOKEN = "ce_fencingtoken";
    /** Of a command: the topic that awaits the reply. */
    public static final String REPLY_TO = "ce_replyto";
    /** How often this message key has been sent, from 1. */
    public static final String SEND = "ce_send";
    /** W3C trace context. */
    public static final String TRACE_PARENT = TraceParent.HEADER;

    private Headers() {}

    /** What a header says, whether or not the rest of the record can be read. */
    public static Optional<String> text(ConsumerRecord<?, ?> kafkaRecord, String name) {
        var header = kafkaRecord.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }
}
