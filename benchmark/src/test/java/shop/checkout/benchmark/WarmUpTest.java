package shop.checkout.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final WarmUp WARM_UP = new WarmUp(Duration.ofMinutes(1));

    @Test
    void isOverWhenTheThroughputIsLevel() {
        assertThat(WARM_UP.isOver(List.of(100L, 5_000L, 5_100L, 4_900L, 5_050L)))
                .isTrue();
    }

    @Test
    void goesOnWhileTheThroughputGrows() {
        assertThat(WARM_UP.isOver(List.of(4_000L, 5_000L, 6_000L, 7_000L))).isFalse();
    }

    @Test
    void goesOnUntilEnoughWasDone() {
        assertThat(WARM_UP.isOver(List.of(100L, 100L, 100L, 100L, 100L))).isFalse();
    }

    @Test
    void needsMoreThanAMoment() {
        assertThat(WARM_UP.isOver(List.of(50_000L, 50_000L))).isFalse();
    }

    @Test
    void endsInAnyCase() {
        assertThat(WARM_UP.isOver(List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1024L, 2048L)))
                .isTrue();
        assertThat(new WarmUp(Duration.ZERO).isOver(List.of())).isTrue();
    }
}
