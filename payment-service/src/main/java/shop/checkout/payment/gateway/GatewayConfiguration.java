package shop.checkout.payment.gateway;

import com.stripe.StripeClient;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.checkout.effect.CallTimers;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.CounterpartTimes;
import shop.checkout.effect.ImaginaryCounterpart;
import shop.checkout.intent.Breakers;
import shop.checkout.intent.IntentSettings;

/** The way to the payment provider. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

    /** Stripe, or the sandbox that speaks like it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "checkout.gateway", havingValue = "http", matchIfMissing = true)
    static class OverHttp {
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
    }

    /** To measure everything else: no money moves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "checkout.gateway", havingValue = "in-process")
    static class InProcess {

        InProcess() {
            LoggerFactory.getLogger(InProcess.class).warn("The payment provider is imaginary: no money moves");
        }

        @Bean
        Counterpart<PaymentRequest> paymentProvider() {
            return new ImaginaryCounterpart<>("imaginary_payment", InProcess::declined);
        }

        @Bean
        Counterpart<RefundRequest> refundsOfReturns() {
            return new ImaginaryCounterpart<>("imaginary_refund", request -> Optional.empty());
        }

        private static Optional<String> declined(PaymentRequest request) {
            return request.method().contains("chargeDeclined")
                    ? Optional.of("Your card was declined.")
                    : Optional.empty();
        }
    }

    @Bean
    CircuitBreaker paymentProviderBreaker() {
        return Breakers.forCounterpart("payment provider");
    }

    @Bean
    CallTimers paymentProviderCalls(MeterRegistry meters, CircuitBreaker breaker) {
        return new CallTimers(meters, breaker.getName());
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
