package shop.checkout.intent;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;

/** Circuit breakers for the outside world. */
public final class Breakers {

    private static final CircuitBreakerConfig TROUBLE_ONLY = CircuitBreakerConfig.custom()
            .slidingWindowSize(50)
            .minimumNumberOfCalls(20)
            .failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(2))
            .permittedNumberOfCallsInHalfOpenState(5)
            .ignoreException(e -> !(e instanceof CounterpartInTrouble))
            .build();

    private Breakers() {}

    /**
     * Opens for two seconds when half of the last 20 to 50 calls found the {@link CounterpartInTrouble}. A refusal, a key in
     * use or a request of ours that makes no sense says nothing about the other side's health.
     */
    public static CircuitBreaker forCounterpart(String name) {
        return CircuitBreaker.of(name, TROUBLE_ONLY);
    }
}
