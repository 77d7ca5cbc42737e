package shop.checkout.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Operators see how full it is and whether it is open. */
class GateTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CircuitBreaker breaker = Breakers.forCounterpart("carrier");
    private final Gate gate = new Gate(breaker, 2, meters);

    @Test
    void showsHowManyCallsAreUnderWayAndHowManyWait() throws InterruptedException {
        var end = new CountDownLatch(1);
        var callers = IntStream.range(0, 5)
                .mapToObj(_ -> Thread.startVirtualThread(() -> pass(end)))
                .toList();

        await().untilAsserted(() -> assertThat(shown("checkout.calls.waiting")).isEqualTo(3));
        assertThat(shown("checkout.calls.running")).isEqualTo(2);
        assertThat(shown("checkout.calls.limit")).isEqualTo(2);

        end.countDown();
        for (var caller : callers) {
            caller.join();
        }
        assertThat(shown("checkout.calls.running")).isZero();
        assertThat(shown("checkout.calls.waiting")).isZero();
    }

    @Test
    void showsTheStateOfTheBreakerAndWhatItHeldBack() {
        assertThat(states()).isEqualTo(Map.of("CLOSED", 1.0, "OPEN", 0.0, "HALF_OPEN", 0.0));

        breaker.transitionToOpenState();
        assertThatThrownBy(() -> gate.pass(() -> true, () -> "called")).isInstanceOf(CallNotPermittedException.class);

        assertThat(states()).isEqualTo(Map.of("CLOSED", 0.0, "OPEN", 1.0, "HALF_OPEN", 0.0));
        assertThat(meters.get("checkout.calls.held")
                        .tag("by", "breaker")
                        .counter()
                        .count())
                .isOne();
        assertThat(shown("checkout.calls.running")).isZero();
    }

    private void pass(CountDownLatch end) {
        try {
            gate.pass(() -> true, () -> {
                end.await();
                return "called";
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private double shown(String gauge) {
        return meters.get(gauge).tag("counterpart", "carrier").gauge().value();
    }

    private Map<String, Double> states() {
        return meters.get("checkout.breaker.state").gauges().stream()
                .collect(Collectors.toMap(it -> String.valueOf(it.getId().getTag("state")), Gauge::value));
    }
}
