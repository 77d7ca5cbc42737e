package shop.checkout.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in {@code k8s/} is right, as far as that can be told without a cluster. */
class ManifestsTest {

    static final List<Check> CHECKS = List.of(
            new Models(),
            new Pods(),
            new Environment(),
            new Wiring(),
            new Limits(),
            new Topology(),
            new Users(),
            new Databases(),
            new Connections(),
            new Images());

    static Stream<String> faults(String overlay, Manifests manifests) {
        var checks =
                overlay.equals("prod") ? Stream.concat(CHECKS.stream(), Stream.of(new Production())) : CHECKS.stream();
        return checks.flatMap(it -> it.faults(manifests).stream());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void anOverlayIsRight(String overlay) {
        assertThat(faults(overlay, Overlays.of(overlay))).isEmpty();
    }

    /** The operator of Prometheus wants the alerts in a form of its own. */
    @Test
    void theAlertsAreThoseOfPrometheus() throws IOException {
        var groups = new ArrayList<JsonNode>();
        try (var files = Files.list(Path.of("..", "monitoring", "prometheus", "rules"))) {
            for (var file : files.sorted().toList()) {
                new YAMLMapper().readTree(file.toFile()).path("groups").forEach(groups::add);
            }
        }

        var alerts = Overlays.of("prod").tree("PrometheusRule", "checkout-saga");

        assertThat(alerts.at("/spec/groups")).as("run k8s/prometheus-rule").containsExactlyElementsOf(groups);
    }
}
