package shop.checkout.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import shop.checkout.benchmark.load.Pace;

/** What is measured. */
enum Profile {
    /** How long a checkout takes while the system has time to spare. */
    LATENCY(new Stage(OptionalLong.empty(), List.of(new Pace.PerSecond(50), new Pace.PerSecond(500)))),
    /** How many checkouts it can do. */
    SATURATION(new Stage(
            OptionalLong.empty(), List.of(new Pace.InFlight(64), new Pace.InFlight(512), new Pace.InFlight(2048)))),
    /** Whether it gets slower the more it has done. */
    GROWTH(Stage.grown(1_000), Stage.grown(100_000), Stage.grown(1_000_000)),
    /** That the benchmark itself works; the figures mean nothing. */
    SMOKE(
            new Stage(OptionalLong.empty(), List.of(new Pace.PerSecond(20), new Pace.InFlight(8))),
            new Stage(OptionalLong.of(50), List.of(new Pace.InFlight(8))),
            new Stage(OptionalLong.of(1_000), List.of(new Pace.InFlight(8))));

    private static final Duration SMOKE_TIME = Duration.ofSeconds(3);

    private final List<Stage> stages;

    /**
     * Loads on a system of one size.
     *
     * @param stored how many sagas there are when it begins; empty for as many as there happen to be
     */
    record Stage(OptionalLong stored, List<Pace> paces) {
        Stage {
            paces = List.copyOf(paces);
        }

        private static Stage grown(long stored) {
            return new Stage(OptionalLong.of(stored), List.of(new Pace.InFlight(512), new Pace.PerSecond(50)));
        }

        /** For people. */
        String name(Pace pace) {
            var load = switch (pace) {
                case Pace.InFlight(int requests) -> requests + " in flight";
                case Pace.PerSecond(int requests) -> requests + "/s";
            };
            return stored.isPresent() ? String.format(Locale.ROOT, "%s, %,d stored", load, stored.getAsLong()) : load;
        }
    }

    Profile(Stage... stages) {
        this.stages = List.of(stages);
    }

    List<Stage> stages() {
        return stages;
    }

    /** Whether the system is made warm before. */
    boolean needsWarmth() {
        return this != SMOKE;
    }

    Duration time(Duration asked) {
        return this == SMOKE ? SMOKE_TIME : asked;
    }

    /** How long each limit of the machine is measured. */
    Duration limitTime() {
        return this == SMOKE ? Duration.ofSeconds(1) : Duration.ofSeconds(5);
    }

    static List<String> names() {
        return Stream.of(values())
                .map(profile -> profile.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
