package shop.checkout.intent;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The way out to a counterpart: through a bulkhead, which admits so many calls at once and has the others wait, and a circuit
 * breaker, which holds them back while the counterpart is in trouble. Both show operators how they stand.
 */
final class Gate {

    private static final List<CircuitBreaker.State> STATES =
            List.of(CircuitBreaker.State.CLOSED, CircuitBreaker.State.OPEN, CircuitBreaker.State.HALF_OPEN);

    private final CircuitBreaker breaker;
    private final Semaphore bulkhead;
    private final MeterRegistry meters;
    private final Counter heldByBreaker;
    private final Counter heldByBulkhead;

    Gate(CircuitBreaker breaker, int atOnce, MeterRegistry meters) {
        this.breaker = breaker;
        this.bulkhead = new Semaphore(atOnce);
        this.meters = meters;
        this.heldByBreaker = held("breaker");
        this.heldByBulkhead = held("bulkhead");
        STATES.forEach(this::showState);
        show("checkout.calls.running", "Calls under way", () -> atOnce - bulkhead.availablePermits());
        show("checkout.calls.waiting", "Calls that wait for one of these to end", bulkhead::getQueueLength);
        show("checkout.calls.limit", "How many calls may be under way at once", () -> atOnce);
    }

    private Counter held(String by) {
        return Counter.builder("checkout.calls.held")
                .description("Calls that were not made when they were due, and come back later")
                .tag("counterpart", breaker.getName())
                .tag("by", by)
                .register(meters);
    }

    private void showState(CircuitBreaker.State state) {
        Gauge.builder("checkout.breaker.state", () -> breaker.getState() == state ? 1 : 0)
                .description("1 for the state of the circuit breaker, 0 for the others")
                .tag("counterpart", breaker.getName())
                .tag("state", state.name())
                .register(meters);
    }

    private void show(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tag("counterpart", breaker.getName())
                .register(meters);
    }

    /**
     * Makes the call once there is room for it.
     *
     * @param inTime whether it may still be made then
     * @return empty if it may not
     * @throws CallNotPermittedException when the breaker holds it back
     */
    <O> Optional<O> pass(BooleanSupplier inTime, Callable<O> call) throws Exception {
        bulkhead.acquire();
        try {
            return inTime.getAsBoolean() ? Optional.of(breaker.executeCallable(call)) : Optional.empty();
        } catch (CallNotPermittedException e) {
            heldByBreaker.increment();
            throw e;
        } finally {
            bulkhead.release();
        }
    }

    /** A call has waited for room until it was too late for it. */
    void missed() {
        heldByBulkhead.increment();
    }

    /** How many of so many calls are of use: while the counterpart is in trouble, just enough to find out when that is over. */
    int narrowed(int calls) {
        return breaker.getState() == CircuitBreaker.State.CLOSED
                ? calls
                : Math.min(calls, breaker.getCircuitBreakerConfig().getPermittedNumberOfCallsInHalfOpenState());
    }

    /** For how long the breaker holds calls back. */
    Duration pause() {
        return Duration.ofMillis(breaker.getCircuitBreakerConfig()
                .getWaitIntervalFunctionInOpenState()
                .apply(1));
    }
}
