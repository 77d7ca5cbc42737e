package shop.checkout.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TallyTest {
    /** Three digits. */
    private static final double PRECISION = 0.001;

    @Test
    void tellsPercentiles() {
        var tally = new Tally();
        for (int ms = 1; ms <= 1000; ms++) {
            tally.answered(Duration.ofMillis(ms).toNanos());
        }

        var latency = tally.latency();

        assertThat(latency.requests()).isEqualTo(1000);
        assertAbout(latency.p50(), 500);
        assertAbout(latency.p95(), 950);
        assertAbout(latency.p99(), 990);
        assertAbout(latency.max(), 1000);
    }

    @Test
    void isDominatedByNoAverage() {
        var tally = new Tally();
        for (int i = 0; i < 98; i++) {
            tally.answered(Duration.ofMillis(1).toNanos());
        }
        tally.answered(Duration.ofSeconds(10).toNanos());
        tally.answered(Duration.ofSeconds(10).toNanos());

        var latency = tally.latency();

        assertAbout(latency.p95(), 1);
        assertAbout(latency.p99(), 10_000);
    }

    @Test
    void takesWhatIsTooLongForTheLongest() {
        var tally = new Tally();
        tally.answered(Duration.ofDays(1).toNanos());

        assertThat(tally.latency().max()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void countsWhatEndedApartFromWhatWasDue() {
        var tally = new Tally();
        tally.ended();
        tally.ended();
        tally.answered(1);

        assertThat(tally.count()).isEqualTo(2);
        assertThat(tally.latency().requests()).isEqualTo(1);
    }

    @Test
    void isZeroWhenThereWasNothing() {
        assertThat(new Tally().latency())
                .isEqualTo(new Latency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    private static void assertAbout(Duration actual, long ms) {
        assertThat(actual).isCloseTo(Duration.ofMillis(ms), Duration.ofNanos((long) (1e6 * ms * PRECISION)));
    }
}
