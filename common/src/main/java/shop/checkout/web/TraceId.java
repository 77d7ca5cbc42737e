package shop.checkout.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** What a request is called in answers and logs: the trace id of W3C Trace Context, 32 hexadecimal digits. */
final class TraceId {

    static final String HEADER = "X-Trace-Id";

    private static final String ATTRIBUTE = TraceId.class.getName();
    private static final Pattern TRACE_PARENT =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

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
        return Optional.ofNullable(request.getHeader("traceparent"))
                .map(TRACE_PARENT::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(matcher -> matcher.group(1));
    }
}
