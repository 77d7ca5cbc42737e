package shop.checkout.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long START = -5; // the clock may begin anywhere

    @Test
    void isEven() {
        var schedule = new Schedule(START, 50);

        assertThat(schedule.due(0)).isEqualTo(START);
        assertThat(schedule.due(1)).isEqualTo(START + TimeUnit.MILLISECONDS.toNanos(20));
        assertThat(schedule.due(50)).isEqualTo(START + TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void addsUpNoErrors() {
        var schedule = new Schedule(START, 3);

        assertThat(schedule.due(3 * 86_400L)).isEqualTo(START + TimeUnit.DAYS.toNanos(1));
    }

    @Test
    void survivesALongTime() {
        var schedule = new Schedule(START, 100_000);

        assertThat(schedule.due(100_000L * 86_400 * 365)).isEqualTo(START + TimeUnit.DAYS.toNanos(365));
    }

    @Test
    void saysWhatIsDueAlsoWhenTheClockOverflows() {
        var schedule = new Schedule(Long.MAX_VALUE - 10, 1_000_000_000);

        assertThat(schedule.isDue(20, Long.MAX_VALUE)).isFalse();
        assertThat(schedule.isDue(20, Long.MIN_VALUE + 9)).isTrue();
        assertThat(schedule.isDue(20, Long.MIN_VALUE + 8)).isFalse();
    }

    @Test
    void needsARate() {
        assertThatThrownBy(() -> new Schedule(START, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
