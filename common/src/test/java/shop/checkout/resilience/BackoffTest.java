package shop.checkout.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Backoff BACKOFF = Backoff.fullJitter(Duration.ofMillis(100), Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({
        "-2147483648, 100",
        "0, 100",
        "1, 100",
        "2, 200",
        "3, 400",
        "9, 25600",
        "10, 30000",
        "11, 30000",
        "100, 30000",
        "2147483647, 30000",
    })
    void doublesUpToItsCap(int attempt, long millis) {
        assertThat(BACKOFF.bound(attempt)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void staysWithinItsBound() {
        var random = new SplittableRandom(1);

        assertThat(IntStream.rangeClosed(1, 50))
                .allSatisfy(attempt ->
                        assertThat(BACKOFF.delay(attempt, random)).isBetween(Duration.ZERO, BACKOFF.bound(attempt)));
    }

    /** Full jitter: evenly between nothing and the bound, not around it. */
    @Test
    void spreadsEvenlyFromNothingToItsBound() {
        var random = new SplittableRandom(1);
        var seconds = IntStream.range(0, 10_000)
                .mapToDouble(_ -> BACKOFF.delay(20, random).toMillis() / 1000.0)
                .summaryStatistics();

        assertThat(seconds.getMin()).isLessThan(0.1);
        assertThat(seconds.getMax()).isGreaterThan(29.9);
        assertThat(seconds.getAverage()).isCloseTo(15, within(0.5));
    }

    @Test
    void doesNotOverflowWithADayToStartFrom() {
        var slow = Backoff.fullJitter(Duration.ofDays(1), Duration.ofDays(7));

        assertThat(slow.bound(Integer.MAX_VALUE)).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "2, 1"})
    void refusesBoundsThatMakeNoSense(long base, long cap) {
        assertThatThrownBy(() -> Backoff.fullJitter(Duration.ofSeconds(base), Duration.ofSeconds(cap)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 < base <= cap");
    }
}
