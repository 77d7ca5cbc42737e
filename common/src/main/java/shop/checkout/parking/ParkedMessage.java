package shop.checkout.parking;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import shop.checkout.codec.Headers;
import shop.checkout.message.Message;
import shop.checkout.message.Superseded;
import shop.checkout.message.TraceParent;

/** A record that waits for another try. */
public record ParkedMessage(ConsumerRecord<String, byte[]> kafkaRecord, int attempts) {

    /** The reply to a command that was overtaken by its undo, read from the headers: its content may be unreadable. */
    Optional<Message> superseded(String overtakenBy) {
        var send = Headers.text(kafkaRecord, Headers.SEND).filter(it -> it.matches("[1-9][0-9]{0,8}"));
        var key = StoredRecord.messageKey(kafkaRecord).filter(it -> !it.equals(overtakenBy));
        return Headers.text(kafkaRecord, Headers.REPLY_TO)
                .flatMap(topic -> key.flatMap(StoredRecord::parsed)
                        .map(command -> Message.reply(
                                command,
                                topic,
                                new Superseded(),
                                send.map(Integer::valueOf).orElse(1))))
                .map(reply -> reply.traced(
                        Headers.text(kafkaRecord, Headers.TRACE_PARENT).flatMap(TraceParent::of)));
    }
}
