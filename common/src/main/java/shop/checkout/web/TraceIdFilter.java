package shop.checkout.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;
import shop.checkout.message.TraceParent;
import shop.checkout.trace.RequestSpan;
import shop.checkout.trace.Traces;

/**
 * Gives every request a trace id, the caller's if it sent a valid {@code traceparent}: in the log's context as {@code trace.id}, in the
 * answer as {@code X-Trace-Id}. Where there is a collector of traces it is told of the request.
 */
public final class TraceIdFilter extends OncePerRequestFilter {

    private final Traces traces;
    private final RandomGenerator random;

    public TraceIdFilter(Traces traces, RandomGenerator random) {
        this.traces = traces;
        this.random = random;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = RequestTrace.ofCaller(request);
        var span = traces.request(request.getMethod(), request.getScheme(), request.getRequestURI(), caller);
        var traceId = span.map(RequestSpan::traceId)
                .or(() -> caller.map(TraceParent::traceId))
                .orElseGet(() -> "%016x%016x".formatted(random.nextLong(), random.nextLong() | 1));
        TraceId.give(request, traceId);
        response.setHeader(TraceId.HEADER, traceId);
        MDC.put(TraceParent.LOG_FIELD, traceId);
        span.flatMap(RequestSpan::context).ifPresent(context -> {
            RequestTrace.give(request, context);
            MDC.put(TraceParent.SPAN_LOG_FIELD, context.spanId());
        });
        var status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR; // of whatever escapes the chain
        try {
            chain.doFilter(request, response);
            status = response.getStatus();
        } finally {
            end(span, request, status);
            MDC.remove(TraceParent.SPAN_LOG_FIELD);
            MDC.remove(TraceParent.LOG_FIELD);
        }
    }

    private static void end(Optional<RequestSpan> span, HttpServletRequest request, int status) {
        if (span.isPresent()) {
            var route = Optional.ofNullable(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                    .map(Object::toString);
            span.get().answered(route, status);
        }
    }
}
