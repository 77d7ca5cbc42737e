package shop.checkout.orchestrator.saga;

import java.time.Duration;
import java.time.Instant;
import shop.checkout.message.MessageKey;

/**
 * How long to wait for a reply, and how to ask again: exponential backoff with full jitter (Brooker, "Exponential Backoff
 * And Jitter", 2015) on top of the deadline.
 *
 * @param deadline how long a reply may take
 * @param pause the longest extra wait after the first try; doubled with every try
 * @param cap the longest extra wait at all
 * @param budget how long to keep asking before it counts as failed
 */
public record RetryPolicy(Duration deadline, Duration pause, Duration cap, Duration budget) {

    /** Deadline 5 s, pauses from 200 ms to 30 s, given up after 2 min. */
    public static final RetryPolicy FORWARD = new RetryPolicy(
            Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofMinutes(2));

    /** The same, with 10 min before a person is called. */
    public static final RetryPolicy UNDO = FORWARD.withBudget(Duration.ofMinutes(10));

    private static final int MAX_DOUBLINGS = 30;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    public RetryPolicy withDeadline(Duration newDeadline) {
        return new RetryPolicy(newDeadline, pause, cap, budget);
    }

    public RetryPolicy withBudget(Duration newBudget) {
        return new RetryPolicy(deadline, pause, cap, newBudget);
    }

    /** When to look again at a message sent now for the n-th time; never after its budget has run out for the first time. */
    Instant dueAt(MessageKey key, int send, Instant now, Instant since) {
        var due = now.plus(deadline).plus(jitter(key, send));
        var end = since.plus(budget);
        return now.isBefore(end) && end.isBefore(due) ? end : due;
    }

    /** When to look again at a message that is held back: in half a minute to a minute, should nobody release it before. */
    static Instant lookAgain(MessageKey key, Instant now) {
        var jitter = (long) (fraction(key, now.getNano()) * LOOK_AGAIN.toMillis());
        return now.plus(LOOK_AGAIN).plusMillis(jitter);
    }

    boolean isSpent(Instant since, Instant now) {
        return !now.isBefore(since.plus(budget));
    }

    /** Full jitter, drawn from the message's key and number, so that the same news always leads to the same move. */
    Duration jitter(MessageKey key, int send) {
        long growing = pause.toMillis() << Math.min(send - 1, MAX_DOUBLINGS);
        long longest = growing < 0 ? cap.toMillis() : Math.min(cap.toMillis(), growing);
        return Duration.ofMillis((long) (fraction(key, send) * (longest + 1)));
    }

    /** A number in [0, 1) by the finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    private static double fraction(MessageKey key, int send) {
        var id = key.sagaId().value();
        long z = id.getMostSignificantBits() * 31 + id.getLeastSignificantBits();
        z += (((long) key.name().hashCode() << Integer.SIZE) ^ send) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 11) * 0x1.0p-53;
    }
}
