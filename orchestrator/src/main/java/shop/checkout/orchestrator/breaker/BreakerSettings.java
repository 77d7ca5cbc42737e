package shop.checkout.orchestrator.breaker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a participant counts as one that does not answer, and how it is asked again.
 *
 * @param window over which answers and silence are counted
 * @param minimum how many of them there must be
 * @param silence at what percentage of silence a breaker opens
 * @param grace how long after the start of a replica silence says nothing to it
 * @param pause how long it stays open at first; doubled each time that it opens again
 * @param longestPause the most that it doubles to
 * @param probe how long the answer to the probe may take
 * @param drain how many sagas a second go on at first once it answers; doubled every second
 * @param maxHeld how many sagas may be held back before no new ones are started
 */
@Validated
@ConfigurationProperties("checkout.breaker")
public record BreakerSettings(
        @DefaultValue("30s") Duration window,
        @Positive @DefaultValue("20") int minimum,
        @Min(1) @Max(100) @DefaultValue("50") int silence,
        @DefaultValue("30s") Duration grace,
        @DefaultValue("5s") Duration pause,
        @DefaultValue("60s") Duration longestPause,
        @DefaultValue("10s") Duration probe,
        @Positive @DefaultValue("20") int drain,
        @Positive @DefaultValue("1000") int maxHeld) {}
