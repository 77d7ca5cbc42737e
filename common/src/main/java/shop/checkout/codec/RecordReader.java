package shop.checkout.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import shop.checkout.message.MessageKey;
import shop.checkout.message.TraceParent;
import shop.checkout.time.Hlc;

/** Reads a Kafka record as the message that it carries. Thread-safe. */
public final class RecordReader {

    private final Codec codec;

    public RecordReader(Codec codec) {
        this.codec = codec;
    }

    /** @throws UnreadableMessage when a header is missing or malformed, the type unknown, or the content does not fit */
    public Received<?> read(ConsumerRecord<String, byte[]> kafkaRecord) {
        try {
            return new Received<>(
                    MessageKey.parse(required(kafkaRecord, Headers.ID)),
                    body(kafkaRecord),
                    Hlc.parse(required(kafkaRecord, Headers.HLC)),
                    Integer.parseInt(Headers.text(kafkaRecord, Headers.SEND).orElse("1")),
                    Headers.text(kafkaRecord, Headers.REPLY_TO),
                    Headers.text(kafkaRecord, Headers.TRACE_PARENT).flatMap(TraceParent::of),
                    required(kafkaRecord, Headers.SOURCE),
                    Long.parseLong(required(kafkaRecord, Headers.FENCING_TOKEN)));
        } catch (IllegalArgumentException e) {
            throw new UnreadableMessage("a header of " + position(kafkaRecord) + " is malformed: " + e.getMessage(), e);
        }
    }

    private Object body(ConsumerRecord<String, byte[]> kafkaRecord) {
        byte[] value = kafkaRecord.value();
        if (value == null) {
            throw new UnreadableMessage(position(kafkaRecord) + " has no content");
        }
        return codec.read(required(kafkaRecord, Headers.TYPE), new String(value, UTF_8));
    }

    private static String required(ConsumerRecord<?, ?> kafkaRecord, String name) {
        return Headers.text(kafkaRecord, name)
                .orElseThrow(() -> new UnreadableMessage(position(kafkaRecord) + " has no header " + name));
    }

    private static String position(ConsumerRecord<?, ?> kafkaRecord) {
        return "record " + kafkaRecord.topic() + "-" + kafkaRecord.partition() + "@" + kafkaRecord.offset();
    }
}
