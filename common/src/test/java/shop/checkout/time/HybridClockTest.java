package shop.checkout.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HybridClockTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final HandSetClock wall = new HandSetClock(NOON);
    private final HybridClock clock = new HybridClock(wall);

    @Test
    void tellsTheTimeOfTheWallClock() {
        assertThat(clock.now()).isEqualTo(Hlc.of(NOON.toEpochMilli(), 0));
    }

    @Test
    void countsWithinAMillisecond() {
        assertThat(Stream.generate(clock::now).limit(3)).containsExactly(at(NOON, 0), at(NOON, 1), at(NOON, 2));
    }

    @Test
    void goesOnWhenTheWallClockIsSetBack() {
        var before = clock.now();

        wall.set(NOON.minus(Duration.ofHours(1)));

        assertThat(clock.now()).isGreaterThan(before);
        wall.set(NOON.plusMillis(1));
        assertThat(clock.now()).isEqualTo(at(NOON.plusMillis(1), 0));
    }

    @Test
    void isAfterEverythingItWasShown() {
        var seen = at(NOON.plusSeconds(30), 7);

        clock.observe(seen);

        assertThat(clock.now()).isEqualTo(seen.next());
        assertThat(clock.leaps()).isZero();
    }

    @Test
    void isNotMovedByThePast() {
        var now = clock.now();

        clock.observe(Hlc.ZERO);

        assertThat(clock.now()).isEqualTo(now.next());
    }

    @Test
    void followsAClockThatIsTenMinutesAheadAndTellsOnce() {
        var ahead = at(NOON.plus(Duration.ofMinutes(10)), 0);

        clock.observe(ahead);
        clock.observe(ahead.next());

        assertThat(clock.now()).isGreaterThan(ahead.next());
        assertThat(clock.leaps()).isOne();
        assertThat(clock.ahead()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void isAheadUntilTheWallClockHasCaughtUp() {
        clock.observe(at(NOON.plus(Duration.ofMinutes(10)), 0));

        wall.set(NOON.plus(Duration.ofMinutes(11)));

        assertThat(clock.ahead()).isZero();
        assertThat(clock.now()).isEqualTo(at(NOON.plus(Duration.ofMinutes(11)), 0));
    }

    @Test
    void refusesToBeDraggedIntoTheFarFuture() {
        var farthest = at(NOON.plus(Duration.ofDays(1)), 0);
        var tooFar = at(NOON.plus(Duration.ofDays(1)).plusMillis(1), 0);

        assertThatThrownBy(() -> clock.observe(tooFar))
                .isInstanceOf(TooFarAhead.class)
                .hasMessageContaining(tooFar.toString())
                .hasMessageContaining("PT24H0.001S ahead");
        assertThatThrownBy(() -> clock.observe(new Hlc(Long.MAX_VALUE))).isInstanceOf(TooFarAhead.class);

        assertThat(clock.now()).isEqualTo(at(NOON, 0));
        clock.observe(farthest);
        assertThat(clock.now()).isEqualTo(farthest.next());
    }

    @Test
    void goesOnWhereAnEarlierRunHasStopped() {
        var written = at(NOON.plus(Duration.ofDays(400)), 3);

        var restarted = new HybridClock(wall);
        restarted.goOnAfter(written);

        assertThat(restarted.now()).isEqualTo(written.next());
        restarted.observe(written.next());
        assertThat(restarted.ahead()).isEqualTo(Duration.ofDays(400));
    }

    @Test
    void overflowsItsCounterIntoTheNextMillisecond() {
        clock.observe(at(NOON, 65_535));

        assertThat(clock.now()).isEqualTo(at(NOON.plusMillis(1), 0));
    }

    @Test
    void neverTellsTwoThreadsTheSameTime() throws Exception {
        Callable<List<Hlc>> reader = () -> {
            var seen = new ArrayList<Hlc>();
            IntStream.range(0, 10_000).forEach(_ -> seen.add(clock.now()));
            return seen;
        };

        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<Hlc>();
            for (var seen : threads.invokeAll(List.of(reader, reader, reader, reader))) {
                assertThat(seen.get()).isSorted();
                all.addAll(seen.get());
            }

            assertThat(all).doesNotHaveDuplicates();
        }
    }

    @Test
    void writesATimestampAsANumber() {
        var hlc = at(NOON, 5);

        assertThat(Hlc.parse(hlc.toString())).isEqualTo(hlc);
        assertThat(hlc.epochMillis()).isEqualTo(NOON.toEpochMilli());
        assertThat(hlc.counter()).isEqualTo(5);
        assertThatThrownBy(() -> Hlc.parse("noon")).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> Hlc.parse("-1")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Hlc at(Instant instant, int counter) {
        return Hlc.of(instant.toEpochMilli(), counter);
    }
}
