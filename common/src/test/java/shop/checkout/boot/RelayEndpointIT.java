package shop.checkout.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import shop.checkout.relay.Relay;
import shop.checkout.servers.TestServers;

/** Two replicas of a service, and an operator who wants one of them to hand over. */
class RelayEndpointIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @EnableAutoConfiguration
    static class Service {}

    @Test
    void handsOverToTheOtherReplicaOnDemand() throws Exception {
        var database = TestServers.shared().freshDatabase();
        try (var one = replica(database);
                var http = HttpClient.newHttpClient()) {
            await().atMost(SOON).until(() -> relay(one).leadingToken() > 0);
            try (var other = replica(database)) {
                assertThat(call(http, one, "GET")).contains("\"leading\":true", "\"walStatus\":\"reserved\"");
                assertThat(call(http, other, "GET")).contains("\"leading\":false");
                assertThat(call(http, other, "DELETE")).isEqualTo("{\"steppedDown\":false}");
                assertThat(readiness(http, other)).as("a standby is ready").contains("\"UP\"");

                assertThat(call(http, one, "DELETE")).isEqualTo("{\"steppedDown\":true}");

                await().atMost(SOON).until(() -> relay(other).leadingToken() > 0);
                assertThat(relay(one).leadingToken()).isZero();
            }
        }
    }

    private static ConfigurableApplicationContext replica(String database) {
        var embedded = TestServers.shared();
        return new SpringApplicationBuilder(Service.class)
                .properties(
                        "spring.config.import=classpath:checkout-defaults.yml",
                        "spring.application.name=relay-endpoint",
                        "server.port=0",
                        "management.server.port=0",
                        "spring.datasource.url=" + database,
                        "spring.datasource.username=" + embedded.postgres().username(),
                        "spring.datasource.password=" + embedded.postgres().password(),
                        "spring.kafka.bootstrap-servers=" + embedded.kafka().bootstrapServers())
                .run();
    }

    private static Relay relay(ConfigurableApplicationContext replica) {
        return replica.getBean(Relay.class);
    }

    private static String call(HttpClient http, ConfigurableApplicationContext replica, String method)
            throws IOException, InterruptedException {
        return send(http, replica, method, "/actuator/relay");
    }

    private static String readiness(HttpClient http, ConfigurableApplicationContext replica)
            throws IOException, InterruptedException {
        return send(http, replica, "GET", "/actuator/health/readiness");
    }

    private static String send(HttpClient http, ConfigurableApplicationContext replica, String method, String path)
            throws IOException, InterruptedException {
        var port = replica.getEnvironment().getRequiredProperty("local.management.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
