package shop.checkout.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

        assertThat(clock.observe(seen)).isTrue();

        assertThat(clock.now()).isEqualTo(seen.next());
    }

    @Test
    void isNotMovedByThePast() {
        var now = clock.now();

        assertThat(clock.observe(Hlc.ZERO)).isTrue();

        assertThat(clock.now()).isEqualTo(now.next());
    }

    @Test
    void refusesToBeDraggedIntoTheFarFuture() {
        assertThat(clock.observe(at(NOON.plus(Duration.ofMinutes(1)), 0))).isTrue();
        assertThat(clock.observe(at(NOON.plus(Duration.ofMinutes(1)).plusMillis(1), 0)))
                .isFalse();

        assertThat(clock.now()).isLessThan(at(NOON.plus(Duration.ofMinutes(1)).plusMillis(1), 0));
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

    private static final class HandSetClock extends Clock {
        private volatile Instant now;

        HandSetClock(Instant now) {
            this.now = now;
        }

        void set(Instant instant) {
            now = instant;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("always UTC");
        }
    }
}
