package shop.checkout.codec;

import java.util.Optional;
import shop.checkout.message.MessageKey;
import shop.checkout.message.TraceParent;
import shop.checkout.time.Hlc;

/** A message as it arrived. */
public record Received<T>(
        MessageKey key,
        T body,
        Hlc hlc,
        int send,
        Optional<String> replyTo,
        Optional<TraceParent> traceParent,
        String source,
        long fencingToken) {

    /** The same message, known to have a body of this type. */
    public <U> Received<U> as(Class<U> type) {
        return new Received<>(key, type.cast(body), hlc, send, replyTo, traceParent, source, fencingToken);
    }
}
