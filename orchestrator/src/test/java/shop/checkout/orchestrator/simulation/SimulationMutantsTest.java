package shop.checkout.orchestrator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation that finds nothing proves nothing unless it would find what is there. */
class SimulationMutantsTest {

    private static final long SEEDS = 1_000;
    private static final SagaUnderTest<?> CHECKOUT = SagaUnderTest.ALL.getFirst();

    @ParameterizedTest
    @EnumSource
    void findsTheRuleThatIsBroken(Mutant mutant) {
        assertThat(firstViolation(mutant)).as(mutant + " survives").isPresent();
    }

    @Test
    void tellsTheSeedAndTheStoryOfTheSaga() {
        var found = firstViolation(Mutant.NO_INBOX);

        assertThat(found.orElseThrow())
                .hasMessageStartingWith("ONE_EFFECT: ")
                .hasMessageContaining("-Dsimulation.seed=")
                .hasMessageContaining("stores RUNNING: reserve-inventory RUNNING")
                .hasMessageContaining("service 1 acts on");
    }

    private static Optional<Violation> firstViolation(Mutant mutant) {
        return LongStream.range(0, SEEDS)
                .boxed()
                .flatMap(seed -> Simulation.violation(CHECKOUT, seed, Optional.of(mutant)).stream())
                .filter(found -> found.rule() == mutant.broken())
                .findFirst();
    }
}
