package shop.checkout.payment.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import shop.checkout.effect.CounterpartTimes;
import shop.checkout.intent.IntentSettings;

/**
 * Where the payment provider is and how it is called.
 *
 * @param apiKey secret; may be left out only for a provider on this machine, which is a sandbox
 * @param readTimeout for the whole answer, once connected
 * @param keyLifetime how long the provider surely remembers an idempotency key (Stripe: 24 hours)
 * @param searchDelay after how long its search surely finds a payment (Stripe: less than a minute)
 */
@ConfigurationProperties("checkout.payment.gateway")
public record GatewayProperties(
        @DefaultValue("http://127.0.0.1:8084") URI url,
        @Nullable String apiKey,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout,
        @DefaultValue("23h") Duration keyLifetime,
        @DefaultValue("1m") Duration searchDelay,
        @DefaultValue IntentSettings intents) {

    private static final String SANDBOX_KEY = "sk_test_sandbox";
    /** An undo finds out the outcome (two calls) and refunds (two calls). */
    private static final int CALLS_PER_EFFECT = 4;

    public GatewayProperties {
        if (apiKey == null && !isLoopback(url)) {
            throw new IllegalArgumentException(
                    "checkout.payment.gateway.api-key is missing: a payment provider elsewhere (" + url
                            + ") needs one");
        }
        var longest = connectTimeout.plus(readTimeout).multipliedBy(CALLS_PER_EFFECT);
        if (longest.compareTo(intents.claim().dividedBy(2)) > 0) {
            throw new IllegalArgumentException("checkout.payment.gateway.intents.claim must be at least "
                    + longest.multipliedBy(2) + ", twice as long as " + CALLS_PER_EFFECT + " calls may take, not "
                    + intents.claim());
        }
    }

    String key() {
        return Optional.ofNullable(apiKey).orElse(SANDBOX_KEY);
    }

    CounterpartTimes times() {
        return new CounterpartTimes(keyLifetime, searchDelay);
    }

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "GatewayProperties[" + url + "]";
    }

    private static boolean isLoopback(URI url) {
        var host = String.valueOf(url.getHost());
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}
