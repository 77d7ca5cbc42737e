package shop.checkout.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;
import shop.checkout.message.TraceParent;

/** An HTTP request that is being answered. It has a trace id whether or not it is recorded. */
public final class RequestSpan {

    static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");

    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private final String method;
    private final Span span;

    RequestSpan(String method, Span span) {
        this.method = method;
        this.span = span;
    }

    public String traceId() {
        return span.getSpanContext().getTraceId();
    }

    /** What all that it causes is a part of; empty when it is not recorded. */
    public Optional<TraceParent> context() {
        return span.isRecording() ? Optional.of(Contexts.of(span)) : Optional.empty();
    }

    /**
     * It has ended.
     *
     * @param route the pattern of the address that was asked for, if there is one
     */
    public void answered(Optional<String> route, int status) {
        route.ifPresent(it -> span.updateName(method + " " + it).setAttribute(ROUTE, it));
        span.setAttribute(STATUS, (long) status);
        if (status >= 500) {
            span.setStatus(StatusCode.ERROR).setAttribute(Traces.ERROR_TYPE, Integer.toString(status));
        }
        span.end();
    }
}
