package shop.checkout.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;
import shop.checkout.message.TraceParent;

/** Gives every request a trace id: in the log's context as {@code trace.id}, in the answer as {@code X-Trace-Id}. */
public final class TraceIdFilter extends OncePerRequestFilter {

    private final RandomGenerator random;

    public TraceIdFilter(RandomGenerator random) {
        this.random = random;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var traceId = TraceId.give(request, random);
        response.setHeader(TraceId.HEADER, traceId);
        MDC.put(TraceParent.LOG_FIELD, traceId);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(TraceParent.LOG_FIELD);
        }
    }
}
