package shop.checkout.shipping.carrier;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import shop.checkout.effect.CounterpartTimes;
import shop.checkout.intent.IntentSettings;

/**
 * Where the carrier is and how it is called.
 *
 * @param readTimeout for the whole answer, once connected
 * @param keyLifetime how long the carrier surely remembers an idempotency key
 * @param lookupDelay after how long a look-up by reference surely finds a shipment
 */
@ConfigurationProperties("checkout.shipping.carrier")
public record CarrierProperties(
        @DefaultValue("http://127.0.0.1:8084") URI url,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout,
        @DefaultValue("23h") Duration keyLifetime,
        @DefaultValue("1m") Duration lookupDelay,
        @DefaultValue IntentSettings intents) {

    /** An undo finds out the outcome (two calls) and cancels. */
    private static final int CALLS_PER_EFFECT = 3;

    public CarrierProperties {
        var longest = connectTimeout.plus(readTimeout).multipliedBy(CALLS_PER_EFFECT);
        if (longest.compareTo(intents.claim().dividedBy(2)) > 0) {
            throw new IllegalArgumentException("checkout.shipping.carrier.intents.claim must be at least "
                    + longest.multipliedBy(2) + ", twice as long as " + CALLS_PER_EFFECT + " calls may take, not "
                    + intents.claim());
        }
    }

    CounterpartTimes times() {
        return new CounterpartTimes(keyLifetime, lookupDelay);
    }
}
