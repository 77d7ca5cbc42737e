package shop.checkout.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Machines whose clocks are hours apart, jump and run backwards write rows, send each other messages and restart. Whatever happened
 * before is told by vector clocks, which need no time at all.
 */
class SkewedClocksTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int MACHINES = 5;
    private static final int EVENTS = 600;

    /** Something that happened on a machine: what it knew of by then, itself included, and when it says that it was. */
    private record Event(int machine, Map<Integer, Integer> known, Hlc at) {

        boolean happenedBefore(Event later) {
            return this != later && later.known.getOrDefault(machine, 0) >= known.getOrDefault(machine, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void keepCausesBeforeTheirEffects(long seed) {
        var machines = new Machines(new Random(seed));

        machines.run();

        var events = machines.events;
        assertThat(events).hasSize(EVENTS);
        assertThat(events.stream()
                        .flatMap(cause -> events.stream()
                                .filter(cause::happenedBefore)
                                .filter(effect -> cause.at.compareTo(effect.at) >= 0)
                                .map(effect -> cause + " is not before " + effect))
                        .limit(3))
                .isEmpty();
        assertThat(machines.restarts).as("restarts with a clock set back").isPositive();
        assertThat(machines.leaps).as("observations far ahead").isPositive();
    }

    private static final class Machines {

        final List<Event> events = new ArrayList<>();
        int restarts;
        long leaps;

        private final Random random;
        private final List<HandSetClock> walls = new ArrayList<>();
        private final List<HybridClock> clocks = new ArrayList<>();
        private final List<Map<Integer, Integer>> known = new ArrayList<>();
        private final List<Hlc> newestRows = new ArrayList<>();
        private final List<Event> sent = new ArrayList<>();

        Machines(Random random) {
            this.random = random;
            for (int machine = 0; machine < MACHINES; machine++) {
                walls.add(new HandSetClock(wrongTime(NOON)));
                clocks.add(new HybridClock(walls.get(machine)));
                known.add(new HashMap<>());
                newestRows.add(Hlc.ZERO);
            }
        }

        void run() {
            while (events.size() < EVENTS) {
                int machine = random.nextInt(MACHINES);
                switch (random.nextInt(12)) {
                    case 0 -> walls.get(machine).set(wrongTime(NOON.plusMillis(events.size())));
                    case 1 -> restart(machine);
                    case 2, 3, 4, 5, 6 -> receive(machine);
                    default -> happen(machine);
                }
            }
            clocks.forEach(clock -> leaps += clock.leaps());
        }

        private Instant wrongTime(Instant right) {
            return right.plus(Duration.ofMinutes(random.nextInt(-600, 600)));
        }

        /** What was in memory is gone; what was written is not. */
        private void restart(int machine) {
            leaps += clocks.get(machine).leaps();
            walls.get(machine).set(wrongTime(NOON));
            var restarted = new HybridClock(walls.get(machine));
            restarted.goOnAfter(newestRows.get(machine));
            clocks.set(machine, restarted);
            restarts++;
        }

        /** Any message, perhaps an old one, perhaps again. */
        private void receive(int machine) {
            if (!sent.isEmpty()) {
                var message = sent.get(random.nextInt(sent.size()));
                clocks.get(machine).observe(message.at);
                message.known.forEach((from, count) -> known.get(machine).merge(from, count, Math::max));
                happen(machine);
            }
        }

        private void happen(int machine) {
            known.get(machine).merge(machine, 1, Integer::sum);
            var event = new Event(
                    machine, Map.copyOf(known.get(machine)), clocks.get(machine).now());
            newestRows.set(machine, event.at);
            events.add(event);
            if (random.nextBoolean()) {
                sent.add(event);
            }
        }
    }
}
