package shop.checkout.intent;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import shop.checkout.resilience.Backoff;

/**
 * How remote effects are called.
 *
 * @param concurrentCalls the bulkhead: how many calls are made side by side
 * @param claim how long an intent belongs to its caller; a call is started within its first half and must end within the
 *     second
 * @param retryBase the first bound of the random wait between tries of the same call; it doubles with each
 * @param retryCap where that bound stops growing
 * @param maxInMemory how many intents a replica takes on at once; more stay in the database until there is room
 */
public record IntentSettings(
        @DefaultValue("64") int concurrentCalls,
        @DefaultValue("60s") Duration claim,
        @DefaultValue("200ms") Duration retryBase,
        @DefaultValue("30s") Duration retryCap,
        @DefaultValue("1000") int maxInMemory) {

    public static final IntentSettings DEFAULT =
            new IntentSettings(64, Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofSeconds(30), 1_000);

    public IntentSettings {
        if (concurrentCalls < 1 || maxInMemory < 1) {
            throw new IllegalArgumentException("concurrent-calls and max-in-memory of intents must be at least 1, not "
                    + concurrentCalls + " and " + maxInMemory);
        }
    }

    Backoff backoff() {
        return Backoff.fullJitter(retryBase, retryCap);
    }
}
