package shop.checkout.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import shop.checkout.message.TraceParent;

/** Between the text that travels and what OpenTelemetry wants. A tracestate does not travel here. */
final class Contexts {

    private Contexts() {}

    static Context of(TraceParent parent) {
        var flags = parent.isSampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
        var remote =
                SpanContext.createFromRemoteParent(parent.traceId(), parent.spanId(), flags, TraceState.getDefault());
        return Context.root().with(Span.wrap(remote));
    }

    static TraceParent of(Span span) {
        var context = span.getSpanContext();
        return new TraceParent("00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                + context.getTraceFlags().asHex());
    }
}
