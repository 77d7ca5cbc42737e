package shop.checkout.intent;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What operators see of the intents that are open. They are counted now and then, whether anybody asks or not, and every replica shows
 * the same; it shows no number while the database does not answer.
 */
final class IntentGauges {

    /**
     * How many are open, and how many of these are due and nobody is at; how long the oldest of each has waited.
     *
     * @param sinceRecorded the oldest open one
     * @param sinceDue the one that is due for longest
     */
    record Open(long all, long due, Duration sinceRecorded, Duration sinceDue) {}

    private final Intents intents;
    private volatile @Nullable Open open;

    IntentGauges(Intents intents, String counterpart, MeterRegistry meters) {
        this.intents = intents;
        var most = ", counted up to " + Intents.MOST_COUNTED;
        show("checkout.intents.open", "Calls recorded and not settled" + most, Open::all)
                .tag("counterpart", counterpart)
                .register(meters);
        show("checkout.intents.due", "Those of them that are due and that nobody is at" + most, Open::due)
                .tag("counterpart", counterpart)
                .register(meters);
        show("checkout.intents.open.oldest", "Since the oldest open one was recorded", it -> seconds(it.sinceRecorded))
                .tag("counterpart", counterpart)
                .baseUnit("seconds")
                .register(meters);
        show("checkout.intents.due.oldest", "For how long the first of the due ones is due", it -> seconds(it.sinceDue))
                .tag("counterpart", counterpart)
                .baseUnit("seconds")
                .register(meters);
    }

    private Gauge.Builder<?> show(String name, String description, ToDoubleFunction<Open> reading) {
        return Gauge.builder(name, () -> value(reading)).description(description);
    }

    private double value(ToDoubleFunction<Open> reading) {
        var known = open;
        return known == null ? Double.NaN : reading.applyAsDouble(known);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    /** Counts anew. */
    void count() {
        try {
            open = intents.open();
        } catch (RuntimeException e) {
            open = null;
            throw e;
        }
    }
}
