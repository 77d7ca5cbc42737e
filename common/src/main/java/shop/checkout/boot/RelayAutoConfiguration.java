package shop.checkout.boot;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import shop.checkout.relay.Relay;
import shop.checkout.relay.RelaySettings;
import shop.checkout.trace.Traces;

/** Publishes the service's outbox. */
@AutoConfiguration(after = MessagingAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "checkout.relay.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RelayProperties.class)
class RelayAutoConfiguration {

    @Bean
    RelayLifecycle relayLifecycle(Relay relay) {
        return new RelayLifecycle(relay);
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    RelayEndpoint relayEndpoint(Relay relay) {
        return new RelayEndpoint(relay);
    }

    @Bean(destroyMethod = "") // its life cycle ends it
    Relay relay(
            @Value("${spring.application.name}") String service,
            RelayProperties settings,
            JdbcConnectionDetails database,
            KafkaConnectionDetails kafka,
            KafkaProperties kafkaProperties,
            MeterRegistry meters,
            Clock clock,
            Traces traces) {
        return new Relay(settings(service, settings, database, kafka, kafkaProperties), meters, clock, traces);
    }

    /** The producer is set up as everybody's is, by {@code spring.kafka}: it must know how to reach a Kafka that asks who comes. */
    static RelaySettings settings(
            String service,
            RelayProperties settings,
            JdbcConnectionDetails database,
            KafkaConnectionDetails kafka,
            KafkaProperties kafkaProperties) {
        var producer = new LinkedHashMap<String, String>();
        kafkaProperties.buildProducerProperties().forEach((name, value) -> {
            if (!(value instanceof Class<?>)) { // the relay serializes itself
                producer.put(name, value.toString());
            }
        });
        producer.put("bootstrap.servers", String.join(",", kafka.getProducer().getBootstrapServers()));
        return new RelaySettings(
                RelaySettings.slotOf(service),
                "outbox",
                database.getJdbcUrl(),
                settings.username().orElseGet(() -> String.valueOf(database.getUsername())),
                settings.password().orElseGet(() -> String.valueOf(database.getPassword())),
                producer,
                "/" + service,
                settings.tuning());
    }
}
