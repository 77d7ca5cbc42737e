package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CoalescingTest {

    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long MOST = TimeUnit.MILLISECONDS.toNanos(24);
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private double load;
    private long now;
    private int looks;
    private final Coalescing coalescing = new Coalescing(
            LEAST,
            MOST,
            () -> {
                looks++;
                return load;
            },
            () -> now);

    @Test
    void waitsAMomentWhileThereIsProcessorTimeToSpare() {
        settleAt(Coalescing.SPARE);

        assertThat(coalescing.waitNanos()).isEqualTo(LEAST);
        assertThat(coalescing.isBusyAfter(MILLI - 1)).isTrue();
        assertThat(coalescing.isBusyAfter(MILLI)).isFalse();
    }

    @Test
    void waitsLongestWhenThereIsNone() {
        settleAt(1);

        assertThat(coalescing.waitNanos()).isEqualTo(MOST);
        assertThat(coalescing.isBusyAfter(20 * MILLI)).isTrue();
        assertThat(coalescing.isBusyAfter(21 * MILLI)).isFalse();
    }

    @Test
    void waitsLongerTheLessThereIs() {
        settleAt((Coalescing.SPARE + Coalescing.NONE_LEFT) / 2);

        assertThat(coalescing.waitNanos()).isCloseTo((LEAST + MOST) / 2, within(MILLI / 100));
    }

    @Test
    void isNotMisledByAMoment() {
        settleAt(0.2);
        load = 1;
        now += TimeUnit.SECONDS.toNanos(1);

        assertThat(coalescing.waitNanos()).isEqualTo(LEAST);
    }

    @Test
    void asksForTheLoadFourTimesASecondAtMost() {
        for (int i = 0; i < 1_000; i++) {
            now += MILLI;
            coalescing.waitNanos();
        }

        assertThat(looks).isEqualTo(4);
    }

    @Test
    void waitsAMomentWhereTheLoadIsUnknown() {
        settleAt(-1);
        settleAt(Double.NaN);

        assertThat(coalescing.waitNanos()).isEqualTo(LEAST);
    }

    private void settleAt(double value) {
        load = value;
        for (int i = 0; i < 100; i++) {
            now += TimeUnit.SECONDS.toNanos(1);
            coalescing.waitNanos();
        }
    }
}
