package shop.checkout.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;
import shop.checkout.contract.Topics;
import shop.checkout.contract.checkout.CheckoutCompleted;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.inventory.ReserveInventory;
import shop.checkout.contract.inventory.Restock;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/** What the orchestrator would send, and the records it arrives in. */
public final class TestMessages {

    private static final Codec CODEC = Codec.ofCatalogue();
    private static final TimeBasedEpochRandomGenerator IDS = Generators.timeBasedEpochRandomGenerator();
    private static final AtomicLong OFFSET = new AtomicLong();

    private TestMessages() {}

    public static SagaId newSaga() {
        return new SagaId(IDS.generate());
    }

    public static OrderLine line(String sku, int quantity) {
        return new OrderLine(new Sku(sku), quantity);
    }

    public static MessageKey reserveKey(SagaId saga) {
        return MessageKey.ofStep(saga, "reserve-inventory", 1);
    }

    public static Message reserve(SagaId saga, OrderLine... lines) {
        return command(reserveKey(saga), new ReserveInventory(OrderId.of(saga), List.of(lines)), 1);
    }

    public static Message release(SagaId saga) {
        return command(reserveKey(saga).undo(), new ReleaseInventory(OrderId.of(saga)), 1);
    }

    /** By a return, which is a saga of its own. */
    public static Message restock(SagaId goodsReturn, SagaId saga) {
        return command(restockKey(goodsReturn), new Restock(OrderId.of(saga)), 1);
    }

    public static MessageKey restockKey(SagaId goodsReturn) {
        return MessageKey.ofStep(goodsReturn, "restock", 1);
    }

    public static Message completed(SagaId saga) {
        var event = new CheckoutCompleted(OrderId.of(saga), Money.of("1.00", "EUR"), "T-1");
        return Message.event(new MessageKey(saga, "completed"), Topics.CHECKOUT_EVENTS, event, Optional.empty());
    }

    public static Message again(Message message, int send) {
        return new Message(
                message.key(),
                message.topic(),
                message.body(),
                message.cause(),
                message.replyTo(),
                send,
                message.traceParent());
    }

    public static List<ConsumerRecord<String, byte[]>> arrived(Message... messages) {
        return Stream.of(messages).map(TestMessages::asArrived).toList();
    }

    public static ConsumerRecord<String, byte[]> asArrived(Message message) {
        var kafkaRecord = new ConsumerRecord<>(
                message.topic(),
                0,
                OFFSET.incrementAndGet(),
                message.key().sagaId().toString(),
                content(message));
        headers(message).forEach((name, value) -> kafkaRecord.headers().add(name, value.getBytes(UTF_8)));
        return kafkaRecord;
    }

    public static ProducerRecord<String, byte[]> sent(Message message) {
        var kafkaRecord =
                new ProducerRecord<>(message.topic(), message.key().sagaId().toString(), content(message));
        headers(message).forEach((name, value) -> kafkaRecord.headers().add(name, value.getBytes(UTF_8)));
        return kafkaRecord;
    }

    private static Message command(MessageKey key, shop.checkout.message.Command<?> body, int send) {
        return Message.command(key, Topics.INVENTORY_COMMANDS, body, Optional.empty(), Topics.CHECKOUT_REPLIES, send);
    }

    private static byte[] content(Message message) {
        return CODEC.write(message.body()).getBytes(UTF_8);
    }

    private static Map<String, String> headers(Message message) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(Headers.ID, message.key().toString());
        headers.put(Headers.TYPE, CODEC.wireName(message.body().getClass()));
        headers.put(Headers.SOURCE, "/orchestrator");
        headers.put(Headers.HLC, "1");
        headers.put(Headers.FENCING_TOKEN, "1");
        headers.put(Headers.SEND, Integer.toString(message.send()));
        message.replyTo().ifPresent(topic -> headers.put(Headers.REPLY_TO, topic));
        return headers;
    }
}
