package shop.checkout.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import shop.checkout.codec.Headers;
import shop.checkout.codec.Received;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.TraceParent;

/**
 * Tells a collector, as spans, what is done for a request: across all services, and all the time that its messages take. Where there is
 * no collector, or a trace is not sampled, nothing is recorded and contexts are only handed on. Never waits for a collector and never
 * fails because of it. Thread-safe.
 *
 * <p>No span is a thread's current one: a transaction acts on many messages, each of a trace of its own. So what something is a part of
 * is always given as a {@link TraceParent}.
 */
public final class Traces implements AutoCloseable {

    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private static final AttributeKey<String> PEER = AttributeKey.stringKey("peer.service");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private final Tracer tracer;
    private final boolean on;
    private final RandomGenerator random;
    private final Clock clock;
    private final Runnable whenClosed;

    private Traces(Tracer tracer, boolean on, RandomGenerator random, Clock clock, Runnable whenClosed) {
        this.tracer = tracer;
        this.on = on;
        this.random = random;
        this.clock = clock;
        this.whenClosed = whenClosed;
    }

    /** @param random for the span ids of messages whose trace others record */
    public static Traces off(RandomGenerator random) {
        return new Traces(TracerProvider.noop().get(""), false, random, Clock.systemUTC(), () -> {});
    }

    /** @param whenClosed sends what is still to be sent */
    static Traces by(TracerProvider provider, RandomGenerator random, Clock clock, Runnable whenClosed) {
        return new Traces(provider.get("shop.checkout"), true, random, clock, whenClosed);
    }

    /** Whether there is a collector. */
    public boolean isOn() {
        return on;
    }

    /** A request is to be answered; empty where there is no collector. The caller ends the span. */
    public Optional<RequestSpan> request(String method, String scheme, String path, Optional<TraceParent> caller) {
        if (!on) {
            return Optional.empty();
        }
        var known = METHODS.contains(method) ? method : "HTTP"; // anybody can make up others
        var span = tracer.spanBuilder(known)
                .setSpanKind(SpanKind.SERVER)
                .setParent(caller.map(Contexts::of).orElseGet(Context::root))
                .setAttribute(RequestSpan.METHOD, known.equals("HTTP") ? "_OTHER" : known)
                .setAttribute(RequestSpan.SCHEME, scheme)
                .setAttribute(RequestSpan.PATH, path)
                .startSpan();
        return Optional.of(new RequestSpan(known, span));
    }

    /**
     * The current transaction writes a message.
     *
     * @param parent of what causes it
     * @return what the message has to carry
     */
    public TraceParent created(Message message, String wireName, TraceParent parent) {
        if (!isRecorded(parent)) {
            return parent.child(random);
        }
        var about = About.of(message.key(), wireName, message.topic(), message.send());
        var span = begin("create", about, parent, SpanKind.PRODUCER).startSpan();
        TransactionSpans.current().addWritten(span);
        return Contexts.of(span);
    }

    /**
     * A message has been published: from its writing to its acknowledgement, which is now.
     *
     * @param context that it carries
     */
    public void sent(About about, TraceParent context, Instant writtenAt) {
        if (isRecorded(context)) {
            var now = clock.instant();
            begin("send", about, context, SpanKind.CLIENT)
                    .setStartTimestamp(writtenAt.isBefore(now) ? writtenAt : now) // the writer's clock may be ahead
                    .startSpan()
                    .end(now);
        }
    }

    /** The current transaction acts on a message. */
    public Processing process(ConsumerRecord<String, ?> kafkaRecord, Received<?> message) {
        var parent = message.traceParent().filter(this::isRecorded);
        if (parent.isEmpty()) {
            return Processing.unrecorded(message.traceParent());
        }
        var about = About.of(message.key(), wireName(kafkaRecord), kafkaRecord.topic(), message.send());
        var span = begin("process", about, parent.get(), SpanKind.CONSUMER).startSpan();
        var context = Contexts.of(span);
        TransactionSpans.current().addProcessed(message.key(), span, context);
        return new Processing(span, Optional.of(context));
    }

    /** In which span the current transaction, or the one that it goes on from, acts on a message, if that is recorded. */
    public Optional<TraceParent> processing(MessageKey key) {
        return on ? TransactionSpans.contextOf(key) : Optional.empty();
    }

    /** The current transaction goes on with what others have acted on before, in these spans. */
    public void goOn(Map<MessageKey, TraceParent> contexts) {
        if (!contexts.isEmpty()) {
            TransactionSpans.current().goOn(contexts);
        }
    }

    /** A record that cannot be acted on now is kept. */
    public void parked(ConsumerRecord<String, ?> kafkaRecord) {
        if (on) {
            Headers.text(kafkaRecord, Headers.TRACE_PARENT)
                    .flatMap(TraceParent::of)
                    .filter(TraceParent::isSampled)
                    .ifPresent(parent -> park(kafkaRecord, parent));
        }
    }

    private void park(ConsumerRecord<String, ?> kafkaRecord, TraceParent parent) {
        tracer.spanBuilder("park " + wireName(kafkaRecord))
                .setParent(Contexts.of(parent))
                .setAttribute(About.SAGA, String.valueOf(kafkaRecord.key()))
                .setAttribute(
                        About.MESSAGE, Headers.text(kafkaRecord, Headers.ID).orElse(""))
                .startSpan()
                .end();
    }

    /**
     * Calls somebody outside for a command.
     *
     * @throws Exception that the work throws
     */
    public <V> V call(String counterpart, MessageKey command, Optional<TraceParent> parent, Callable<V> work)
            throws Exception {
        return parent.filter(this::isRecorded).isPresent()
                ? call(span(counterpart, command, parent.get()), work)
                : work.call();
    }

    private Span span(String counterpart, MessageKey command, TraceParent parent) {
        return tracer.spanBuilder("call " + counterpart)
                .setSpanKind(SpanKind.CLIENT)
                .setParent(Contexts.of(parent))
                .setAttribute(PEER, counterpart)
                .setAttribute(About.SAGA, command.sagaId().toString())
                .setAttribute(About.MESSAGE, command.toString())
                .startSpan();
    }

    private static <V> V call(Span span, Callable<V> work) throws Exception {
        try {
            return work.call();
        } catch (Exception e) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute(ERROR_TYPE, e.getClass().getName());
            throw e;
        } finally {
            span.end();
        }
    }

    /** Sends what is still to be sent, for a few seconds at the most. */
    @Override
    public void close() {
        whenClosed.run();
    }

    private boolean isRecorded(TraceParent parent) {
        return on && parent.isSampled();
    }

    private SpanBuilder begin(String operation, About about, TraceParent parent, SpanKind kind) {
        var span = tracer.spanBuilder(operation + " " + about.wireName())
                .setSpanKind(kind)
                .setParent(Contexts.of(parent));
        return about.tell(span, operation);
    }

    private static String wireName(ConsumerRecord<?, ?> kafkaRecord) {
        return Headers.text(kafkaRecord, Headers.TYPE).orElse("unknown");
    }
}
