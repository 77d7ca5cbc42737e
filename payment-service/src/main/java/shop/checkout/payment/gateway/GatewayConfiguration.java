package shop.checkout.payment.gateway;

import com.stripe.StripeClient;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.CounterpartTimes;
import shop.checkout.intent.Breakers;
import shop.checkout.intent.IntentSettings;

/** The way to the payment provider. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

    @Bean
    StripeTransport stripeTransport(GatewayProperties settings) {
        return new StripeTransport(settings.connectTimeout(), settings.readTimeout());
    }

    @Bean
    StripeClient stripe(GatewayProperties settings, StripeTransport transport) {
        return StripeClient.builder()
                .setApiKey(settings.key())
                .setApiBase(settings.url().toString().replaceAll("/+$", ""))
                .setHttpClient(transport)
                .setMaxNetworkRetries(0) // intents are retried, not calls
                .build();
    }

    @Bean
    Counterpart<PaymentRequest> paymentProvider(StripeClient stripe) {
        return new StripeGateway(stripe);
    }

    @Bean
    Counterpart<RefundRequest> refundsOfReturns(StripeClient stripe) {
        return new StripeRefunds(stripe);
    }

    @Bean
    CircuitBreaker paymentProviderBreaker() {
        return Breakers.forCounterpart("payment provider");
    }

    @Bean
    CounterpartTimes paymentProviderTimes(GatewayProperties settings) {
        return settings.times();
    }

    @Bean
    IntentSettings paymentIntents(GatewayProperties settings) {
        return settings.intents();
    }
}
