package shop.checkout.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.embedded.EmbeddedKafka;
import shop.checkout.servers.TestServers;

/** What an orchestrator of containers is told about a service whose database or Kafka is away. */
class HealthIT {

    @EnableAutoConfiguration
    static class Service {

        @Bean
        TopicSubscription something() {
            return new TopicSubscription("health.commands", "health", batch -> List.of());
        }
    }

    /** All replicas would be unready at once, and nobody could start what only has to be stored for now. */
    @Test
    void isReadyAndAliveWhileKafkaIsAway(@TempDir Path folder) throws Exception {
        var kafka = EmbeddedKafka.start(folder, EmbeddedKafka.portFor(folder));
        try (var service = service(kafka.bootstrapServers());
                var http = HttpClient.newHttpClient()) {
            kafka.close();

            assertThat(status(http, service, "readiness")).isEqualTo(200);
            assertThat(status(http, service, "liveness")).isEqualTo(200);
        } finally {
            kafka.close();
        }
    }

    @Test
    void isAliveButNotReadyWithoutItsDatabase() throws Exception {
        try (var service = service(TestServers.shared().kafka().bootstrapServers());
                var http = HttpClient.newHttpClient()) {
            assertThat(status(http, service, "readiness")).isEqualTo(200);

            service.getBean(HikariDataSource.class).close();

            assertThat(status(http, service, "readiness")).isEqualTo(503);
            assertThat(status(http, service, "liveness")).isEqualTo(200);
        }
    }

    @Test
    void isAliveButNotReadyWhenItDoesNotListen() throws Exception {
        try (var service = service(TestServers.shared().kafka().bootstrapServers());
                var http = HttpClient.newHttpClient()) {
            service.getBean(Listeners.class).stop();

            assertThat(status(http, service, "readiness")).isEqualTo(503);
            assertThat(status(http, service, "liveness")).isEqualTo(200);
        }
    }

    private static ConfigurableApplicationContext service(String kafka) {
        var embedded = TestServers.shared();
        return new SpringApplicationBuilder(Service.class)
                .properties(
                        "spring.config.import=classpath:checkout-defaults.yml",
                        "spring.application.name=health",
                        "server.port=0",
                        "management.server.port=0",
                        "checkout.relay.enabled=false",
                        "spring.datasource.url=" + embedded.freshDatabase(),
                        "spring.datasource.username=" + embedded.postgres().username(),
                        "spring.datasource.password=" + embedded.postgres().password(),
                        "spring.kafka.bootstrap-servers=" + kafka)
                .run();
    }

    private static int status(HttpClient http, ConfigurableApplicationContext service, String group)
            throws IOException, InterruptedException {
        var port = service.getEnvironment().getRequiredProperty("local.management.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/" + group))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
