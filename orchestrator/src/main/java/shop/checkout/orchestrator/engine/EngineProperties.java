package shop.checkout.orchestrator.engine;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** How the engine works in batches. */
@Validated
@ConfigurationProperties("checkout.engine")
record EngineProperties(
        @Valid @DefaultValue Start start,
        @Valid @DefaultValue Timers timers) {

    /**
     * @param batch how many sagas one transaction starts at most
     * @param queue how many requests may wait; more are refused
     * @param timeout how long a caller waits for its commit
     * @param maxUnderWay how many sagas may be under way, those apart that wait for a participant or a person; with more, no new ones are
     *     started. What is counted may be five seconds old
     */
    record Start(
            @Positive @DefaultValue("250") int batch,
            @Positive @DefaultValue("2000") int queue,
            @DefaultValue("10s") Duration timeout,
            @Positive @DefaultValue("20000") int maxUnderWay) {}

    /**
     * @param interval how often every replica looks for sagas that are due
     * @param batch how many of them one transaction takes at most
     */
    record Timers(
            @DefaultValue("100ms") Duration interval,
            @Positive @DefaultValue("200") int batch) {}
}
