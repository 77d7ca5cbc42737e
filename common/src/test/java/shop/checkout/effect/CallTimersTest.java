package shop.checkout.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import shop.checkout.intent.CounterpartInTrouble;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/** Each call is counted once, by what came of it, and its outcome is handed on as it was. */
class CallTimersTest {

    private static final MessageKey COMMAND =
            MessageKey.ofStep(new SagaId(new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L)), "charge", 1);
    private static final Receipt RECEIPT = new Receipt("pi_1", "ch_1");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CallTimers timers = new CallTimers(meters, "provider");

    /** Does and answers whatever it is told to. */
    private record Scripted(Optional<Outcome.Definite> answer, Optional<Exception> failure)
            implements Counterpart<String> {

        static Scripted answering(Outcome.Definite answer) {
            return new Scripted(Optional.of(answer), Optional.empty());
        }

        static Scripted failing(Exception failure) {
            return new Scripted(Optional.empty(), Optional.of(failure));
        }

        @Override
        public Outcome.Definite perform(String request, MessageKey command) throws OutcomeUnknown, InvalidRequest {
            if (failure.isPresent() && failure.get() instanceof InvalidRequest invalid) {
                throw invalid;
            }
            return find(request, command).orElseThrow();
        }

        @Override
        public Optional<Outcome.Definite> find(String request, MessageKey command) throws OutcomeUnknown {
            if (failure.isPresent()) {
                switch (failure.get()) {
                    case OutcomeUnknown unknown -> throw unknown;
                    case RuntimeException fault -> throw fault;
                    case Exception other -> throw new IllegalStateException(other);
                }
            }
            return answer;
        }

        @Override
        public String reverse(String request, Receipt receipt, MessageKey undo) throws OutcomeUnknown {
            find(request, undo);
            return "re_1";
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("INVALID", new InvalidRequest("what?", new IllegalStateException())),
                Arguments.of("UNKNOWN", new OutcomeUnknown("key in use")),
                Arguments.of("UNKNOWN", new SpentKey("an old 500", new IllegalStateException())),
                Arguments.of("TROUBLE", new CounterpartInTrouble("500", null)),
                Arguments.of(
                        "TIMEOUT", new CounterpartInTrouble("slow", new IllegalStateException(new TimeoutException()))),
                Arguments.of("TIMEOUT", new CounterpartInTrouble("slow", new SocketTimeoutException())),
                Arguments.of("TIMEOUT", new CounterpartInTrouble("far", new HttpConnectTimeoutException("far"))),
                Arguments.of("FAULT", new IllegalStateException("a bug")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void countACallThatFailedByWhy(String outcome, Exception failure) {
        var timed = timers.timed("charge", Scripted.failing(failure));

        assertThatThrownBy(() -> timed.perform("money", COMMAND)).isSameAs(failure);

        assertThat(counted()).isEqualTo(Map.of("charge perform " + outcome, 1L));
    }

    @Test
    void countWhatIsDoneAndWhatIsRefused() throws Exception {
        var done = timers.timed("charge", Scripted.answering(new Outcome.Done(RECEIPT)));
        var refused = timers.timed("refund", Scripted.answering(new Outcome.Refused("given back before")));

        assertThat(done.perform("money", COMMAND)).isEqualTo(new Outcome.Done(RECEIPT));
        assertThat(done.find("money", COMMAND)).contains(new Outcome.Done(RECEIPT));
        assertThat(done.reverse("money", RECEIPT, COMMAND.undo())).isEqualTo("re_1");
        assertThat(refused.perform("money", COMMAND)).isEqualTo(new Outcome.Refused("given back before"));

        assertThat(counted())
                .isEqualTo(Map.of(
                        "charge perform DONE", 1L,
                        "charge find DONE", 1L,
                        "charge reverse DONE", 1L,
                        "refund perform REFUSED", 1L));
    }

    @Test
    void countALookUpThatFindsNothing() throws Exception {
        var nothing = timers.timed("charge", new Scripted(Optional.empty(), Optional.empty()));

        assertThat(nothing.find("money", COMMAND)).isEmpty();

        assertThat(counted()).isEqualTo(Map.of("charge find NOTHING", 1L));
    }

    @Test
    void areThereFromTheStartAndFew() {
        timers.timed("charge", new ImaginaryCounterpart<String>("imaginary", _ -> Optional.empty()));

        assertThat(meters.get("checkout.calls").tag("counterpart", "provider").timers())
                .hasSize(19)
                .allSatisfy(it -> assertThat(it.count()).isZero());
    }

    @Test
    void measureHowLongItTook() throws Exception {
        var timed = timers.timed("charge", Scripted.answering(new Outcome.Done(RECEIPT)));

        timed.perform("money", COMMAND);

        assertThat(meters.get("checkout.calls")
                        .tag("outcome", "DONE")
                        .tag("operation", "perform")
                        .timer()
                        .totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
    }

    private Map<String, Long> counted() {
        return meters.get("checkout.calls").timers().stream()
                .filter(it -> it.count() > 0)
                .collect(Collectors.toMap(CallTimersTest::name, Timer::count));
    }

    private static String name(Timer timer) {
        return Stream.of("effect", "operation", "outcome")
                .map(it -> timer.getId().getTag(it))
                .collect(Collectors.joining(" "));
    }
}
