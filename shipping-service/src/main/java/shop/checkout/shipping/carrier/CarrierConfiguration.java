package shop.checkout.shipping.carrier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.http.HttpClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.CounterpartTimes;
import shop.checkout.intent.Breakers;
import shop.checkout.intent.IntentSettings;

/** The way to the carrier. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CarrierProperties.class)
class CarrierConfiguration {

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

    @Bean
    CircuitBreaker carrierBreaker() {
        return Breakers.forCounterpart("carrier");
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
