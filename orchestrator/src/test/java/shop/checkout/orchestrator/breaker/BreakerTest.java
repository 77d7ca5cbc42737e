package shop.checkout.orchestrator.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.checkout.orchestrator.breaker.Breaker.State;

class BreakerTest {

    private static final BreakerSettings SETTINGS = new BreakerSettings(
            Duration.ofSeconds(30),
            20,
            50,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            20,
            1000);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Breaker open = Breaker.opened("payment", 1, NOON, SETTINGS);

    @Test
    void letsNobodyThroughWhileItIsOpen() {
        assertThat(open.allowance(NOON.plusSeconds(4), SETTINGS)).isZero();
        assertThat(open.at(NOON.plusSeconds(4), SETTINGS)).isEqualTo(open);
    }

    @Test
    void letsOneThroughAfterAPause() {
        var probing = open.at(NOON.plusSeconds(5), SETTINGS);

        assertThat(probing.state()).isEqualTo(State.PROBING);
        assertThat(probing.allowance(NOON.plusSeconds(5), SETTINGS)).isEqualTo(1);
        assertThat(probing.released(1).allowance(NOON.plusSeconds(9), SETTINGS)).isZero();
    }

    @Test
    void opensForLongerEachTimeItsProbeIsNotAnswered() {
        var pauses = IntStream.rangeClosed(1, 8)
                .mapToObj(openings -> Breaker.opened("payment", openings, NOON, SETTINGS))
                .map(breaker -> Duration.between(NOON, breaker.until()).toSeconds());

        assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 60L, 60L, 60L, 60L);
        assertThat(probing().at(NOON.plusSeconds(15), SETTINGS))
                .isEqualTo(Breaker.opened("payment", 2, NOON.plusSeconds(15), SETTINGS));
    }

    @Test
    void takesAnAnswerForAProbesOnly() {
        assertThat(open.answered(NOON.plusSeconds(1))).isEqualTo(open);
        assertThat(probing().answered(NOON.plusSeconds(7)).state()).isEqualTo(State.DRAINING);
    }

    @Test
    void letsMoreAndMoreThroughOnceItIsAnswered() {
        var start = NOON.plusSeconds(7);
        var draining = probing().answered(start);

        var inAll =
                IntStream.rangeClosed(0, 5).mapToObj(second -> draining.allowance(start.plusSeconds(second), SETTINGS));

        assertThat(inAll).containsExactly(1L, 29L, 87L, 202L, 433L, 895L);
        assertThat(draining.released(29).allowance(start.plusSeconds(2), SETTINGS))
                .isEqualTo(58);
        assertThat(draining.at(start.plusSeconds(3600), SETTINGS)).isEqualTo(draining);
    }

    @Test
    void opensAgainWhenItIsSilentWhileDraining() {
        var later = NOON.plusSeconds(60);
        var draining = probing().answered(NOON.plusSeconds(7));

        assertThat(draining.silent(later, SETTINGS)).isEqualTo(Breaker.opened("payment", 2, later, SETTINGS));
        assertThat(open.silent(later, SETTINGS)).isEqualTo(open);
        assertThat(probing().silent(later, SETTINGS)).isEqualTo(probing());
    }

    private Breaker probing() {
        return open.at(NOON.plusSeconds(5), SETTINGS);
    }
}
