package shop.checkout.boot;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a service reads its topics.
 *
 * @param maxBatch how many records one transaction takes at most
 * @param concurrency how many threads read each topic
 * @param retryInterval how often parked messages are looked for
 */
@Validated
@ConfigurationProperties("checkout.consumer")
record ConsumerProperties(
        @Positive @DefaultValue("500") int maxBatch,
        @Positive @DefaultValue("1") int concurrency,
        @DefaultValue("200ms") Duration retryInterval) {}
