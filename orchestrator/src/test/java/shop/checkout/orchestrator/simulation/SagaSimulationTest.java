package shop.checkout.orchestrator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Safety under faults, and an end to everything once they are over.
 *
 * <p>{@code -Dsimulation.sagas=N} sets how many sagas are simulated at least; with few of them some dangerous places are
 * never reached, which is a failure. {@code -Dsimulation.seed=N} repeats one run and tells what it reached.
 */
class SagaSimulationTest {

    private static final long SAGAS = Long.getLong("simulation.sagas", 1_000_000);
    private static final Optional<Long> SEED = Optional.ofNullable(Long.getLong("simulation.seed"));

    @Test
    void everySagaEndsAllDoneOrAllUndoneWhateverBreaks() throws InterruptedException {
        if (SEED.isPresent()) {
            repeat(SEED.get());
            return;
        }
        var campaign = new Campaign(SAGAS);
        long begun = System.nanoTime();

        var counts = campaign.run();

        System.out.printf(
                "Simulated %,d sagas in %,d seeds: %,d events, %.1f s%n",
                counts.sagas(), campaign.seeds(), counts.events(), (System.nanoTime() - begun) / 1e9);
        assertThat(counts.neverReached())
                .as("dangerous places that were never reached")
                .isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        var once = Simulation.run(SagaUnderTest.of(7), 7, Optional.empty());
        var again = Simulation.run(SagaUnderTest.of(7), 7, Optional.empty());

        assertThat(again.all()).isEqualTo(once.all());
        assertThat(again.events()).isEqualTo(once.events());
    }

    private static void repeat(long seed) {
        var counts = Simulation.run(SagaUnderTest.of(seed), seed, Optional.empty());
        System.out.printf("Seed %d: %,d events, reached %s%n", seed, counts.events(), counts.all());
    }
}
