package shop.checkout.message;

import java.util.Optional;

/**
 * One message as its sender writes it. Its record key on Kafka is the saga id, so that all messages of a saga keep their
 * order within a topic.
 *
 * @param topic where it goes
 * @param body a record with a {@link WireName}
 * @param cause the message that led to this one
 * @param replyTo of a command: the topic that awaits the reply
 * @param send how often this key has been sent, from 1; a duplicate is answered again only for a number not answered before
 * @param traceParent of what caused it, if that is traced
 */
public record Message(
        MessageKey key,
        String topic,
        Object body,
        Optional<MessageKey> cause,
        Optional<String> replyTo,
        int send,
        Optional<TraceParent> traceParent) {

    public static Message command(
            MessageKey key, String topic, Command<?> body, Optional<MessageKey> cause, String replyTo, int send) {
        return new Message(key, topic, body, cause, Optional.of(replyTo), send, Optional.empty());
    }

    /** The answer to a command, sent as often as it was asked for. */
    public static Message reply(MessageKey command, String topic, Object body, int send) {
        return new Message(
                command.reply(), topic, body, Optional.of(command), Optional.empty(), send, Optional.empty());
    }

    public static Message event(MessageKey key, String topic, Event body, Optional<MessageKey> cause) {
        return new Message(key, topic, body, cause, Optional.empty(), 1, Optional.empty());
    }

    /** The same, as part of the trace of what caused it. */
    public Message traced(Optional<TraceParent> parent) {
        return new Message(key, topic, body, cause, replyTo, send, parent);
    }
}
