package shop.checkout.web;

import jakarta.servlet.http.HttpServletRequest;

/** What a request is called in answers and logs: the trace id of W3C Trace Context, 32 hexadecimal digits. */
final class TraceId {

    static final String HEADER = "X-Trace-Id";

    private static final String ATTRIBUTE = TraceId.class.getName();

    private TraceId() {}

    static void give(HttpServletRequest request, String traceId) {
        request.setAttribute(ATTRIBUTE, traceId);
    }

    /** The one that was given; a dash before that. */
    static String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String traceId ? traceId : "-";
    }
}
