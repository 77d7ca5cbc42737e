package shop.checkout.inbox;

import java.util.Optional;
import shop.checkout.message.MessageKey;
import shop.checkout.message.TraceParent;

/**
 * A message that was acted on.
 *
 * @param send the highest send number received
 * @param answered the highest send number answered, 0 while there is no answer
 * @param traceParent of the message, if it is traced
 */
public record InboxEntry(
        MessageKey key,
        Optional<String> replyTo,
        int send,
        int answered,
        Optional<Object> reply,
        Optional<TraceParent> traceParent) {

    /** Of a message acted on just now. */
    public static InboxEntry first(MessageKey key, Optional<String> replyTo, int send, Optional<Object> reply) {
        return new InboxEntry(key, replyTo, send, reply.isPresent() ? send : 0, reply, Optional.empty());
    }

    /** The same, of a message that is part of a trace. */
    public InboxEntry traced(Optional<TraceParent> parent) {
        return new InboxEntry(key, replyTo, send, answered, reply, parent);
    }

    /** The same, asked for once more; answered again if the answer is known. */
    public InboxEntry askedAgain(int laterSend) {
        return new InboxEntry(key, replyTo, laterSend, reply.isPresent() ? laterSend : answered, reply, traceParent);
    }
}
