package shop.checkout.benchmark.load;

/** When requests are sent. */
public sealed interface Pace {
    /** The next request as soon as an earlier one is answered, so that this many are always under way. */
    record InFlight(int requests) implements Pace {}

    /** Evenly, however fast they are answered. */
    record PerSecond(int requests) implements Pace {}
}
