package shop.checkout.inbox;

import java.util.Optional;
import shop.checkout.message.MessageKey;

/**
 * A message that was acted on.
 *
 * @param send the highest send number received
 * @param answered the highest send number answered, 0 while there is no answer
 */
public record InboxEntry(MessageKey key, Optional<String> replyTo, int send, int answered, Optional<Object> reply) {

    /** Of a message acted on just now. */
    public static InboxEntry first(MessageKey key, Optional<String> replyTo, int send, Optional<Object> reply) {
        return new InboxEntry(key, replyTo, send, reply.isPresent() ? send : 0, reply);
    }

    /** The same, asked for once more; answered again if the answer is known. */
    public InboxEntry askedAgain(int laterSend) {
        return new InboxEntry(key, replyTo, laterSend, reply.isPresent() ? laterSend : answered, reply);
    }
}
