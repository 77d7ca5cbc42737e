package shop.checkout.effect;

import static shop.checkout.effect.CallResult.DONE;
import static shop.checkout.effect.CallResult.FAULT;
import static shop.checkout.effect.CallResult.INVALID;
import static shop.checkout.effect.CallResult.NOTHING;
import static shop.checkout.effect.CallResult.REFUSED;
import static shop.checkout.effect.CallResult.TIMEOUT;
import static shop.checkout.effect.CallResult.TROUBLE;
import static shop.checkout.effect.CallResult.UNKNOWN;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;

/** Times the calls to one counterpart, by what was asked and what came of it. All timers are there from the start. */
public final class CallTimers {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5)
    };

    private static final Map<String, Set<CallResult>> POSSIBLE = Map.of(
            "perform", Set.of(DONE, REFUSED, INVALID, UNKNOWN, TROUBLE, TIMEOUT, FAULT),
            "find", Set.of(DONE, REFUSED, NOTHING, UNKNOWN, TROUBLE, TIMEOUT, FAULT),
            "reverse", Set.of(DONE, UNKNOWN, TROUBLE, TIMEOUT, FAULT));

    @FunctionalInterface
    private interface Call<V, X extends Exception> {
        V make() throws OutcomeUnknown, X;
    }

    private final MeterRegistry meters;
    private final String counterpart;

    /** @param counterpart what its circuit breaker is called, too */
    public CallTimers(MeterRegistry meters, String counterpart) {
        this.meters = meters;
        this.counterpart = counterpart;
    }

    /** @param effect what is asked for, such as a charge */
    public <T> Counterpart<T> timed(String effect, Counterpart<T> calls) {
        return new Timed<>(calls, timers(effect, "perform"), timers(effect, "find"), timers(effect, "reverse"));
    }

    private Map<CallResult, Timer> timers(String effect, String operation) {
        var timers = new EnumMap<CallResult, Timer>(CallResult.class);
        for (var result : Objects.requireNonNull(POSSIBLE.get(operation))) {
            timers.put(
                    result,
                    Timer.builder("checkout.calls")
                            .description("Calls to the outside world")
                            .tag("counterpart", counterpart)
                            .tag("effect", effect)
                            .tag("operation", operation)
                            .tag("outcome", result.name())
                            .serviceLevelObjectives(BUCKETS)
                            .register(meters));
        }
        return timers;
    }

    private record Timed<T>(
            Counterpart<T> calls,
            Map<CallResult, Timer> performing,
            Map<CallResult, Timer> finding,
            Map<CallResult, Timer> reversing)
            implements Counterpart<T> {

        @Override
        public Outcome.Definite perform(T request, MessageKey command) throws OutcomeUnknown, InvalidRequest {
            return CallTimers.<Outcome.Definite, InvalidRequest>time(
                    performing, () -> calls.perform(request, command), CallResult::of);
        }

        @Override
        public Optional<Outcome.Definite> find(T request, MessageKey command) throws OutcomeUnknown {
            return CallTimers.<Optional<Outcome.Definite>, OutcomeUnknown>time(
                    finding,
                    () -> calls.find(request, command),
                    found -> found.map(CallResult::of).orElse(NOTHING));
        }

        @Override
        public String reverse(T request, Receipt receipt, MessageKey undo) throws OutcomeUnknown {
            return CallTimers.<String, OutcomeUnknown>time(
                    reversing, () -> calls.reverse(request, receipt, undo), _ -> DONE);
        }
    }

    private static <V, X extends Exception> V time(
            Map<CallResult, Timer> timers, Call<V, X> call, Function<V, CallResult> judge) throws OutcomeUnknown, X {
        long begun = System.nanoTime();
        var result = FAULT;
        try {
            var answer = call.make();
            result = judge.apply(answer);
            return answer;
        } catch (Exception e) {
            result = CallResult.of(e);
            throw e;
        } finally {
            Objects.requireNonNull(timers.get(result)).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }
}
