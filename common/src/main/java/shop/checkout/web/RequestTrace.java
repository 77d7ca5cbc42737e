package shop.checkout.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import shop.checkout.message.TraceParent;

/** In which trace a request is answered: what all that it causes has to carry on. */
public final class RequestTrace {

    private static final String ATTRIBUTE = RequestTrace.class.getName();

    private RequestTrace() {}

    /** Its span, if that is recorded, else what the caller said; empty where neither is. */
    public static Optional<TraceParent> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof TraceParent span ? Optional.of(span) : ofCaller(request);
    }

    static Optional<TraceParent> ofCaller(HttpServletRequest request) {
        return TraceParent.of(request.getHeader(TraceParent.HEADER));
    }

    static void give(HttpServletRequest request, TraceParent span) {
        request.setAttribute(ATTRIBUTE, span);
    }
}
