package shop.checkout.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;
import shop.checkout.message.TraceParent;
import shop.checkout.trace.RecordedTraces;
import shop.checkout.trace.Traces;

class TraceIdFilterTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String UNSAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-00";

    private final RecordedTraces recorded = new RecordedTraces();
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/checkouts/7/cancel");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final AtomicReference<Optional<TraceParent>> handedOn = new AtomicReference<>(Optional.empty());
    private final AtomicReference<@Nullable Map<String, String>> logged = new AtomicReference<>();

    private final FilterChain chain = (asked, answer) -> {
        handedOn.set(RequestTrace.of(request));
        logged.set(MDC.getCopyOfContextMap());
        asked.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/api/v1/checkouts/{id}/cancel");
        response.setStatus(409);
    };

    @Test
    void tellsOfARequestByItsRouteAsPartOfTheCallersTrace() throws Exception {
        request.addHeader("traceparent", CALLER);

        filter(recorded.traces());

        var span = recorded.named("POST /api/v1/checkouts/{id}/cancel");
        assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(span.getAttributes().asMap().values())
                .containsExactlyInAnyOrder(
                        "POST", "http", "/api/v1/checkouts/7/cancel", "/api/v1/checkouts/{id}/cancel", 409L);
        assertThat(handedOn.get()).contains(new TraceParent("00-" + TRACE + "-" + span.getSpanId() + "-01"));
        assertThat(logged.get()).isEqualTo(Map.of("trace.id", TRACE, "span.id", span.getSpanId()));
        assertThat(response.getHeader("X-Trace-Id")).isEqualTo(TRACE);
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void beginsATraceOfARequestWithoutOne() throws Exception {
        filter(recorded.traces());

        assertThat(recorded.spans()).hasSize(1);
        assertThat(handedOn.get().map(TraceParent::traceId)).contains(response.getHeader("X-Trace-Id"));
    }

    @Test
    void handsOnWhatTheCallerSaidWhereNothingIsRecorded() throws Exception {
        request.addHeader("traceparent", UNSAMPLED);
        filter(recorded.traces());
        assertThat(handedOn.get()).contains(new TraceParent(UNSAMPLED));

        filter(Traces.off(new Random(1)));

        assertThat(handedOn.get()).contains(new TraceParent(UNSAMPLED));
        assertThat(response.getHeader("X-Trace-Id")).isEqualTo(TRACE);
        assertThat(logged.get()).isEqualTo(Map.of("trace.id", TRACE));
        assertThat(recorded.spans()).isEmpty();
    }

    @Test
    void givesATraceIdWithoutACallerAndACollector() throws Exception {
        filter(Traces.off(new Random(1)));

        assertThat(response.getHeader("X-Trace-Id")).matches("[0-9a-f]{32}");
        assertThat(handedOn.get()).isEmpty();
    }

    @Test
    void tellsOfARequestThatFails() {
        FilterChain failing = (_, _) -> {
            throw new ServletException("no");
        };

        assertThatThrownBy(
                        () -> new TraceIdFilter(recorded.traces(), new Random(1)).doFilter(request, response, failing))
                .hasMessage("no");

        assertThat(recorded.tree()).isEqualTo("SERVER POST ! \n");
    }

    private void filter(Traces traces) throws ServletException, IOException {
        request.removeAttribute(TraceIdFilter.class.getName() + ".FILTERED");
        new TraceIdFilter(traces, new Random(1)).doFilter(request, response, chain);
    }
}
