package shop.checkout.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import shop.checkout.relay.RelaySettings;

/** The relay reaches Kafka and the database as it is told. */
class RelaySetupTest {

    @EnableConfigurationProperties(RelayProperties.class)
    static class Relays {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(Relays.class)
            .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, KafkaAutoConfiguration.class))
            .withPropertyValues(
                    "spring.datasource.url=jdbc:postgresql://db:5432/payment?sslmode=verify-full",
                    "spring.datasource.username=payment_application",
                    "spring.datasource.password=one",
                    "spring.kafka.bootstrap-servers=kafka:9093");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.kafka.properties.security.protocol",
                "spring.kafka.security.protocol",
                "spring.kafka.producer.security.protocol"
            })
    void takesTheSecurityThatIsSetForKafka(String property) {
        runner.withPropertyValues(property + "=SSL")
                .run(context -> assertThat(settings(context).kafka())
                        .containsEntry("security.protocol", "SSL")
                        .containsEntry("bootstrap.servers", "kafka:9093"));
    }

    @Test
    void hasARoleOfItsOwnButTheAddressOfTheService() {
        runner.withPropertyValues("checkout.relay.username=payment_relay", "checkout.relay.password=two")
                .run(context -> {
                    var settings = settings(context);

                    assertThat(settings.user()).isEqualTo("payment_relay");
                    assertThat(settings.password()).isEqualTo("two");
                    assertThat(settings.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5432/payment?sslmode=verify-full");
                });
    }

    private static RelaySettings settings(ApplicationContext context) {
        return RelayAutoConfiguration.settings(
                "payment-service",
                context.getBean(RelayProperties.class),
                context.getBean(JdbcConnectionDetails.class),
                context.getBean(KafkaConnectionDetails.class),
                context.getBean(KafkaProperties.class));
    }
}
