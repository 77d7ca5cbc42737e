package shop.checkout.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.checkout.message.MessageKey;
import shop.checkout.message.TraceParent;
import shop.checkout.trace.RecordedTraces;

/** Whenever a call is made, it shows in the trace of its command. */
class TracedEffectIT {

    private static final IntentSettings SETTINGS = Replicas.settings(16, Duration.ofSeconds(60));
    private static final TraceParent PROCESSING =
            new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private static final TraceParent UNDOING =
            new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-b7ad6b7169203331-01");

    private final RecordedTraces recorded = new RecordedTraces();
    private final Replicas replicas = new Replicas(recorded.traces());
    private final MessageKey command = Replicas.commands(1).getFirst();

    @AfterEach
    void stop() {
        replicas.close();
    }

    @Test
    void showsEachCallBelowTheProcessingOfItsCommand() {
        var runner = runner(new Calls((_, attempt) -> {
            if (attempt == 1) {
                throw new OutcomeUnknown("key in use");
            }
            return "fine";
        }));

        replicas.receive(runner, command, PROCESSING);
        replicas.receive(runner, Replicas.commands(1));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            runner.sweep();
            assertThat(replicas.replies()).isEqualTo(2);
        });
        replicas.close();
        assertThat(recorded.tree()).isEqualTo("""
                CLIENT call test !\s
                CLIENT call test
                PRODUCER create saga.undone.v1
                """);
        assertThat(recorded.spans())
                .allSatisfy(it -> assertThat(it.getParentSpanId()).isEqualTo(PROCESSING.spanId()));
    }

    @Test
    void showsACallThatFollowsFromAnOutcomeBelowItsOwnCommand() {
        var calls = new Calls((_, _) -> "fine");
        calls.leadsTo(command, command.undo());
        replicas.inTransaction(() -> replicas.remember(command.undo(), UNDOING));

        replicas.receive(runner(calls), command, PROCESSING);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(replicas.replies()).isEqualTo(2));
        assertThat(recorded.spans())
                .filteredOn(it -> it.getName().equals("call test"))
                .extracting(SpanData::getParentSpanId)
                .containsExactly(PROCESSING.spanId(), UNDOING.spanId());
    }

    private IntentRunner<?, String> runner(Calls calls) {
        return replicas.runner(calls, Breakers.forCounterpart("test"), SETTINGS);
    }
}
