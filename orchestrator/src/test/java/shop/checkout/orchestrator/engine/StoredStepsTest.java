package shop.checkout.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shop.checkout.codec.Codec;
import shop.checkout.orchestrator.saga.Phase;
import shop.checkout.orchestrator.saga.StepState;
import shop.checkout.orchestrator.saga.StepState.Awaited;

class StoredStepsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Codec codec = Codec.ofCatalogue();

    @Test
    void areReadAsTheyWereWritten() {
        var steps = List.of(
                new StepState("reserve-inventory", Phase.DONE, 1, true, Optional.empty()),
                new StepState("charge-payment", Phase.RUNNING, 2, false, awaited()));

        assertThat(StoredSteps.read(StoredSteps.write(steps, codec), codec)).isEqualTo(steps);
    }

    @Test
    void wereWrittenWithoutWhatWasHeard() {
        var old = """
                [{"name":"reserve-inventory","phase":"DONE","attempt":1,"awaited":null},
                 {"name":"charge-payment","phase":"RUNNING","attempt":1,
                  "awaited":{"sends":1,"since":"2026-01-01T12:00:00Z","dueAt":"2026-01-01T12:00:00Z","overdue":false}}]""";

        assertThat(StoredSteps.read(old, codec))
                .containsExactly(
                        new StepState("reserve-inventory", Phase.DONE, 1, false, Optional.empty()),
                        new StepState("charge-payment", Phase.RUNNING, 1, false, awaited()));
    }

    private static Optional<Awaited> awaited() {
        return Optional.of(new Awaited(1, NOON, NOON, false));
    }
}
