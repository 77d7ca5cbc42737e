package shop.checkout.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.random.RandomGenerator;
import shop.checkout.message.TraceParent;

/** What a request is called in answers and logs: the trace id of W3C Trace Context, 32 hexadecimal digits. */
final class TraceId {

    static final String HEADER = "X-Trace-Id";

    private static final String ATTRIBUTE = TraceId.class.getName();

    private TraceId() {}

    /** The caller's, if it sent a valid {@code traceparent}, else a new one. */
    static String give(HttpServletRequest request, RandomGenerator random) {
        var traceId =
                fromCaller(request).orElseGet(() -> "%016x%016x".formatted(random.nextLong(), random.nextLong() | 1));
        request.setAttribute(ATTRIBUTE, traceId);
        return traceId;
    }

    /** The one that was given; a dash before that. */
    static String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String traceId ? traceId : "-";
    }

    private static Optional<String> fromCaller(HttpServletRequest request) {
        return TraceParent.of(request.getHeader(TraceParent.HEADER)).map(TraceParent::traceId);
    }
}
