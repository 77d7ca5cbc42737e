package shop.checkout.intent;

import java.time.Duration;
import shop.checkout.resilience.Backoff;

/**
 * How remote effects are called.
 *
 * @param concurrentCalls the bulkhead: how many calls are made side by side
 * @param claim how long an intent belongs to its caller; longer than the time limit of a call
 * @param backoff between tries of the same call
 * @param maxInMemory how many intents a replica takes on at once; more stay in the database until there is room
 */
public record IntentSettings(int concurrentCalls, Duration claim, Backoff backoff, int maxInMemory) {

    public static final IntentSettings DEFAULT = new IntentSettings(
            64, Duration.ofSeconds(60), Backoff.fullJitter(Duration.ofMillis(200), Duration.ofSeconds(30)), 1_000);
}
