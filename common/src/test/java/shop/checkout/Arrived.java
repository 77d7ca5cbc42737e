package shop.checkout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.message.Message;
import shop.checkout.message.SagaId;

/** Records as Kafka hands them over. */
public final class Arrived {

    private static final TimeBasedEpochRandomGenerator IDS = Generators.timeBasedEpochRandomGenerator();
    private static final AtomicLong OFFSET = new AtomicLong();
    private static final Codec CODEC = Codec.ofCatalogue();

    private Arrived() {}

    public static SagaId newSaga() {
        return new SagaId(IDS.generate());
    }

    public static ConsumerRecord<String, byte[]> of(Message message) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(Headers.ID, message.key().toString());
        headers.put(Headers.TYPE, CODEC.wireName(message.body().getClass()));
        headers.put(Headers.SOURCE, "/orchestrator");
        headers.put(Headers.HLC, "77");
        headers.put(Headers.FENCING_TOKEN, "3");
        headers.put(Headers.SEND, Integer.toString(message.send()));
        message.replyTo().ifPresent(topic -> headers.put(Headers.REPLY_TO, topic));
        return with(message.topic(), message.key().sagaId().toString(), CODEC.write(message.body()), headers);
    }

    public static ConsumerRecord<String, byte[]> with(
            String topic, String key, String content, Map<String, String> headers) {
        var kafkaRecord = new ConsumerRecord<>(topic, 3, OFFSET.incrementAndGet(), key, content.getBytes(UTF_8));
        headers.forEach((name, value) -> kafkaRecord.headers().add(name, value.getBytes(UTF_8)));
        return kafkaRecord;
    }
}
