package shop.checkout.orchestrator.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What this replica has seen of the participants lately: answers, and deadlines that passed without. Thread-safe. */
final class Evidence {

    private static final RuntimeException SILENCE = new IllegalStateException("no answer in time");

    private final CircuitBreakerConfig config;
    private final long believedFrom;
    private final Map<String, CircuitBreaker> seen = new ConcurrentHashMap<>();

    Evidence(BreakerSettings settings) {
        believedFrom = System.nanoTime() + settings.grace().toNanos();
        config = CircuitBreakerConfig.custom()
                .slidingWindow(
                        Math.toIntExact(settings.window().toSeconds()),
                        settings.minimum(),
                        SlidingWindowType.TIME_BASED)
                .failureRateThreshold(settings.silence())
                .build();
    }

    void answered(Collection<String> participants) {
        participants.forEach(it -> of(it).onSuccess(0, TimeUnit.NANOSECONDS));
    }

    /** Right after a start nothing: what is overdue then was so before, and its answers may be waiting to be heard. */
    void silent(Collection<String> participants) {
        if (System.nanoTime() - believedFrom < 0) {
            return;
        }
        participants.forEach(it -> of(it).onError(0, TimeUnit.NANOSECONDS, SILENCE));
    }

    void forget(Collection<String> participants) {
        participants.forEach(it -> of(it).reset());
    }

    /** Those that have been silent too often; the count starts anew for each. */
    List<String> takeSilent() {
        var silent = seen.entrySet().stream()
                .filter(it -> it.getValue().getState() == CircuitBreaker.State.OPEN)
                .map(Map.Entry::getKey)
                .toList();
        silent.forEach(it -> of(it).reset());
        return silent;
    }

    private CircuitBreaker of(String participant) {
        return seen.computeIfAbsent(participant, it -> CircuitBreaker.of(it, config));
    }
}
