package shop.checkout.k8s;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shop.checkout.k8s.Network.End;

/** That what must talk can, and what need not cannot. */
final class Connections implements Check {

    private static final End DNS = End.elsewhere("kube-system", Map.of("k8s-app", "kube-dns"));
    private static final End POSTGRES_OPERATOR =
            End.elsewhere("cnpg-system", Map.of("app.kubernetes.io/name", "cloudnative-pg"));
    private static final End PROMETHEUS = End.elsewhere("monitoring", Map.of("app.kubernetes.io/name", "prometheus"));
    private static final End GATEWAY = End.elsewhere("gateway-system", Map.of());
    private static final End STRANGER = End.elsewhere("other", Map.of("app.kubernetes.io/name", "stranger"));
    private static final String COLLECTOR_URL = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final List<String> COUNTERPARTS =
            List.of("CHECKOUT_PAYMENT_GATEWAY_URL", "CHECKOUT_SHIPPING_CARRIER_URL");

    private record Way(String name, End from, End to, int port) {}

    @Override
    public List<String> faults(Manifests manifests) {
        var network = new Network(manifests);
        return Stream.concat(
                        needed(manifests)
                                .filter(it -> !network.allows(it.from(), it.to(), it.port()))
                                .map(it -> "the network keeps " + it.name() + " apart (" + it.port() + ")"),
                        forbidden(manifests)
                                .filter(it -> network.allows(it.from(), it.to(), it.port()))
                                .map(it -> "the network lets through " + it.name() + " (" + it.port() + ")"))
                .toList();
    }

    private static Stream<Way> needed(Manifests manifests) {
        var ways = new ArrayList<Way>();
        for (var deployment : manifests.services()) {
            var name = deployment.getMetadata().getName();
            var pod = end(deployment);
            var database = database(name);
            var variables = manifests.environment(Manifests.main(deployment));
            ways.add(new Way(name + " and DNS", pod, DNS, 53));
            ways.add(new Way(
                    name + " and its database", pod, database(host(variables.getOrDefault("DATABASE_URL", ""))), 5432));
            ways.add(new Way(name + " and Kafka", pod, End.pod(Strimzi.BROKER), kafkaPort(variables)));
            COUNTERPARTS.stream()
                    .filter(variables::containsKey)
                    .map(it -> counterpart(manifests, name, pod, URI.create(variables.get(it))))
                    .forEach(ways::add);
            if (variables.containsKey(COLLECTOR_URL)) {
                var url = URI.create(variables.get(COLLECTOR_URL));
                ways.add(new Way(name + " and the collector of traces", pod, collector(url), url.getPort()));
            }
            if (!manifests.all(ServiceMonitor.class).isEmpty()) {
                ways.add(new Way("Prometheus and " + name, PROMETHEUS, pod, pod.port("management")));
            }
            ways.add(new Way("instances of the database of " + name, database, database, 5432));
            ways.add(new Way("the operator and the database of " + name, POSTGRES_OPERATOR, database, 8000));
            ways.add(new Way("the database of " + name + " and the API server", database, End.outside(), 6443));
        }
        ways.add(new Way("brokers", End.pod(Strimzi.BROKER), End.elsewhere("", Map.of()), 443));
        if (!manifests.all(HTTPRoute.class).isEmpty()) {
            var orchestrator = end(manifests.services().stream()
                    .filter(it -> it.getMetadata().getName().equals("orchestrator"))
                    .findFirst()
                    .orElseThrow());
            ways.add(new Way("the gateway and the orchestrator", GATEWAY, orchestrator, orchestrator.port("http")));
        }
        return ways.stream();
    }

    private static Stream<Way> forbidden(Manifests manifests) {
        var ways = new ArrayList<Way>();
        for (var one : manifests.services()) {
            var name = one.getMetadata().getName();
            ways.add(new Way("strangers to " + name, STRANGER, end(one), end(one).port("http")));
            ways.add(new Way("strangers to the database of " + name, STRANGER, database(name), 5432));
            for (var other : manifests.services()) {
                var otherName = other.getMetadata().getName();
                ways.add(new Way(
                        name + " to " + otherName,
                        end(one),
                        end(other),
                        end(other).port("http")));
                if (!name.equals(otherName)) {
                    ways.add(new Way(name + " to the database of " + otherName, end(one), database(otherName), 5432));
                }
            }
        }
        manifests.all(Kafka.class).stream()
                .flatMap(it -> it.getSpec().getKafka().getListeners().stream())
                .forEach(
                        it -> ways.add(new Way("strangers to Kafka", STRANGER, End.pod(Strimzi.BROKER), it.getPort())));
        for (var name : List.of("orchestrator", "inventory-service")) {
            ways.add(new Way(
                    name + " to the outside", End.pod(Map.of("app.kubernetes.io/name", name)), End.outside(), 443));
        }
        return ways.stream();
    }

    /** In the namespace that its address names. */
    private static End collector(URI url) {
        var namespace = url.getHost().replaceFirst("^[^.]+\\.?", "").replaceFirst("\\..*", "");
        return End.elsewhere(namespace, Map.of("app.kubernetes.io/name", "opentelemetry-collector"));
    }

    private static Way counterpart(Manifests manifests, String name, End pod, URI url) {
        var inside = manifests.all(Deployment.class).stream()
                .filter(it -> it.getMetadata().getName().equals(url.getHost()))
                .findFirst()
                .map(Connections::end);
        var port = url.getPort() > 0 ? url.getPort() : 443;
        return new Way(name + " and " + url, pod, inside.orElse(End.outside()), port);
    }

    private static End end(Deployment deployment) {
        return new End(
                "checkout",
                deployment.getSpec().getTemplate().getMetadata().getLabels(),
                Manifests.main(deployment).getPorts().stream()
                        .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort)));
    }

    private static End database(String serviceOrHost) {
        var cluster = serviceOrHost.endsWith("-rw")
                ? serviceOrHost.substring(0, serviceOrHost.length() - 3)
                : serviceOrHost + "-db";
        return End.pod(Map.of("cnpg.io/cluster", cluster));
    }

    private static String host(String jdbcUrl) {
        return URI.create(jdbcUrl.substring("jdbc:".length())).getHost();
    }

    private static int kafkaPort(Map<String, String> variables) {
        var servers = variables.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "");
        return Integer.parseInt(servers.substring(servers.lastIndexOf(':') + 1));
    }
}
