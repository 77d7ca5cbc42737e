package shop.checkout.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import shop.checkout.message.MessageKey;
import shop.checkout.message.TraceParent;

/**
 * The spans of what a transaction does; they end when it has committed. If it does not, messages that it acted on show that, and those
 * that it wrote, which nobody will ever read, are not told of.
 */
final class TransactionSpans implements TransactionSynchronization {

    private static final Object KEY = TransactionSpans.class;

    private final List<Span> written = new ArrayList<>();
    private final List<Span> processed = new ArrayList<>();
    private final Map<MessageKey, TraceParent> contexts = new HashMap<>();

    private TransactionSpans() {}

    /**
     * Those of the current transaction.
     *
     * @throws IllegalStateException when there is none
     */
    static TransactionSpans current() {
        if (TransactionSynchronizationManager.getResource(KEY) instanceof TransactionSpans spans) {
            return spans;
        }
        var spans = new TransactionSpans();
        TransactionSynchronizationManager.registerSynchronization(spans);
        spans.resume();
        return spans;
    }

    /** In which span the current transaction, or the one that it goes on from, acts on a message. */
    static Optional<TraceParent> contextOf(MessageKey key) {
        return TransactionSynchronizationManager.getResource(KEY) instanceof TransactionSpans spans
                ? Optional.ofNullable(spans.contexts.get(key))
                : Optional.empty();
    }

    void addWritten(Span span) {
        written.add(span);
    }

    void addProcessed(MessageKey key, Span span, TraceParent context) {
        processed.add(span);
        contexts.put(key, context);
    }

    void goOn(Map<MessageKey, TraceParent> earlier) {
        contexts.putAll(earlier);
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(KEY);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(KEY, this);
    }

    @Override
    public void beforeCompletion() {
        suspend();
    }

    @Override
    public void afterCompletion(int status) {
        switch (status) {
            case STATUS_COMMITTED -> all().forEach(Span::end);
            case STATUS_ROLLED_BACK -> processed.forEach(span -> fail(span, "rolled back"));
            default -> all().forEach(span -> fail(span, "not known whether it was committed"));
        }
    }

    private Stream<Span> all() {
        return Stream.concat(written.stream(), processed.stream());
    }

    private static void fail(Span span, String why) {
        span.setStatus(StatusCode.ERROR, why).end();
    }
}
