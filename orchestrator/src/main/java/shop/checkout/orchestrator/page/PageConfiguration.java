package shop.checkout.orchestrator.page;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.checkout.orchestrator.api.CheckoutCounts;
import shop.checkout.orchestrator.api.Checkouts;

/** What the status page stands on. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    LiveFeed liveFeed(Checkouts checkouts, CheckoutCounts counts, Clock clock) {
        return new LiveFeed(checkouts, counts, clock);
    }
}
