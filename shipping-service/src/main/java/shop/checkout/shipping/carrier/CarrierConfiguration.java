package shop.checkout.shipping.carrier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import shop.checkout.contract.Address;
import shop.checkout.effect.CallTimers;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.CounterpartTimes;
import shop.checkout.effect.ImaginaryCounterpart;
import shop.checkout.intent.Breakers;
import shop.checkout.intent.IntentSettings;

/** The way to the carrier. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CarrierProperties.class)
class CarrierConfiguration {

    /** A carrier, or the sandbox that speaks like one. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "checkout.gateway", havingValue = "http", matchIfMissing = true)
    static class OverHttp {

        @Bean(destroyMethod = "shutdownNow")
        HttpClient carrierHttp(CarrierProperties settings) {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(settings.connectTimeout())
                    .build();
        }

        @Bean
        CarrierClient carrierClient(CarrierProperties settings, HttpClient carrierHttp) {
            var requests = new JdkClientHttpRequestFactory(carrierHttp);
            requests.setReadTimeout(settings.readTimeout());
            return new CarrierClient(RestClient.builder()
                    .baseUrl(settings.url().toString())
                    .requestFactory(requests)
                    .build());
        }

        @Bean
        Counterpart<ParcelRequest> carrier(CarrierClient client) {
            return new CarrierGateway(client);
        }

        @Bean
        Counterpart<PickUpRequest> carrierForPickUps(CarrierClient client) {
            return new PickUpGateway(client);
        }
    }

    /** To measure everything else: no parcel moves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "checkout.gateway", havingValue = "in-process")
    static class InProcess {

        InProcess() {
            LoggerFactory.getLogger(InProcess.class).warn("The carrier is imaginary: no parcel moves");
        }

        @Bean
        Counterpart<ParcelRequest> carrier() {
            return new ImaginaryCounterpart<>("imaginary_parcel", request -> unreachable(request.address(), "00000"));
        }

        @Bean
        Counterpart<PickUpRequest> carrierForPickUps() {
            return new ImaginaryCounterpart<>("imaginary_pick_up", request -> unreachable(request.address(), "99999"));
        }

        private static Optional<String> unreachable(Address address, String postalCode) {
            return address.postalCode().equals(postalCode) ? Optional.of("undeliverable address") : Optional.empty();
        }
    }

    @Bean
    CircuitBreaker carrierBreaker() {
        return Breakers.forCounterpart("carrier");
    }

    @Bean
    CallTimers carrierCalls(MeterRegistry meters, CircuitBreaker breaker) {
        return new CallTimers(meters, breaker.getName());
    }

    @Bean
    CounterpartTimes carrierTimes(CarrierProperties settings) {
        return settings.times();
    }

    @Bean
    IntentSettings shipmentIntents(CarrierProperties settings) {
        return settings.intents();
    }
}
