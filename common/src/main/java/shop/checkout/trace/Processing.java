package shop.checkout.trace;

import io.opentelemetry.api.trace.Span;
import java.util.Optional;
import shop.checkout.message.TraceParent;

/**
 * A message that the current transaction acts on.
 *
 * @param context what its consequences are a part of: the span of its processing, or, where that is not recorded, what the message
 *     came with
 */
public record Processing(Span span, Optional<TraceParent> context) {

    static Processing unrecorded(Optional<TraceParent> context) {
        return new Processing(Span.getInvalid(), context);
    }

    /** Whether anybody will hear of it. */
    public boolean isRecorded() {
        return span.isRecording();
    }

    /** Something worth knowing about it, in a word. */
    public void note(String what) {
        span.addEvent(what);
    }
}
