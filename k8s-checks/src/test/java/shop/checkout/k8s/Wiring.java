package shop.checkout.k8s;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether everything that is named is there: ports, labels, config maps, secrets, accounts, targets. */
final class Wiring implements Check {

    static final List<String> SERVICES =
            List.of("orchestrator", "inventory-service", "payment-service", "shipping-service");

    @Override
    public List<String> faults(Manifests manifests) {
        return Stream.of(ports(manifests), labels(manifests), names(manifests), routes(manifests))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> ports(Manifests manifests) {
        var faults = new ArrayList<String>();
        for (var deployment : manifests.services()) {
            var name = deployment.getMetadata().getName();
            var ports = Manifests.main(deployment).getPorts();
            if (!has(ports, "http", ServiceSettings.httpPort(name))) {
                faults.add(name + " listens on " + ServiceSettings.httpPort(name) + ", which is not its port http");
            }
            if (!has(ports, "management", ServiceSettings.managementPort(name))) {
                faults.add(name + ": its port management is not " + ServiceSettings.managementPort(name));
            }
        }
        for (var service : manifests.all(Service.class)) {
            var name = service.getMetadata().getName();
            var pods = selected(manifests, service.getSpec().getSelector());
            service.getSpec().getPorts().stream()
                    .map(it -> it.getTargetPort().getStrVal())
                    .filter(target -> pods.stream()
                            .anyMatch(pod -> Manifests.main(pod).getPorts().stream()
                                    .noneMatch(port -> port.getName().equals(target))))
                    .forEach(it -> faults.add("Service " + name + " leads to no port " + it));
        }
        return faults;
    }

    private static boolean has(List<ContainerPort> ports, String name, int number) {
        return ports.stream().anyMatch(it -> it.getName().equals(name) && it.getContainerPort() == number);
    }

    private static List<String> labels(Manifests manifests) {
        var faults = new ArrayList<String>();
        for (var deployment : manifests.all(Deployment.class)) {
            var selector = deployment.getSpec().getSelector().getMatchLabels();
            if (!selected(manifests, selector).equals(List.of(deployment))) {
                faults.add("Deployment " + deployment.getMetadata().getName() + " selects other pods than its own");
            }
        }
        for (var service : manifests.all(Service.class)) {
            if (selected(manifests, service.getSpec().getSelector()).size() != 1) {
                faults.add("Service " + service.getMetadata().getName() + " selects no deployment's pods");
            }
        }
        for (var budget : manifests.all(PodDisruptionBudget.class)) {
            if (selected(manifests, budget.getSpec().getSelector().getMatchLabels())
                            .size()
                    != 1) {
                faults.add("PodDisruptionBudget " + budget.getMetadata().getName() + " selects no deployment's pods");
            }
        }
        for (var monitor : manifests.all(ServiceMonitor.class)) {
            var wanted = monitor.getSpec().getSelector().getMatchLabels();
            var services = manifests.all(Service.class).stream()
                    .filter(it -> matches(wanted, it.getMetadata().getLabels()))
                    .filter(it -> it.getSpec().getPorts().stream()
                            .anyMatch(port -> port.getName()
                                    .equals(monitor.getSpec()
                                            .getEndpoints()
                                            .getFirst()
                                            .getPort())))
                    .map(it -> it.getMetadata().getName())
                    .toList();
            if (!new HashSet<>(services).equals(Set.copyOf(SERVICES))) {
                faults.add("the ServiceMonitor finds " + services);
            }
        }
        return faults;
    }

    static List<Deployment> selected(Manifests manifests, Map<String, String> selector) {
        return manifests.all(Deployment.class).stream()
                .filter(it -> matches(
                        selector, it.getSpec().getTemplate().getMetadata().getLabels()))
                .toList();
    }

    static boolean matches(Map<String, String> selector, Map<String, String> labels) {
        return !selector.isEmpty() && labels != null && labels.entrySet().containsAll(selector.entrySet());
    }

    private static List<String> names(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests.trees().stream()
                .filter(it -> it.path("kind").asText().equals("Secret"))
                .map(ObjectNode::deepCopy)
                .forEach(it -> faults.add(Manifests.nameOf(it) + ": no secrets in files"));
        for (var scaler : manifests.all(HorizontalPodAutoscaler.class)) {
            var target = scaler.getSpec().getScaleTargetRef().getName();
            if (!manifests.has(Deployment.class, target)) {
                faults.add("HorizontalPodAutoscaler of " + target + ", which there is not");
            }
        }
        for (var deployment : manifests.all(Deployment.class)) {
            var account = deployment.getSpec().getTemplate().getSpec().getServiceAccountName();
            if (!manifests.has(ServiceAccount.class, account)) {
                faults.add("there is no ServiceAccount " + account);
            }
            Manifests.containers(deployment)
                    .flatMap(it -> references(manifests, it))
                    .forEach(faults::add);
            deployment.getSpec().getTemplate().getSpec().getVolumes().stream()
                    .filter(it -> it.getSecret() != null)
                    .map(it -> it.getSecret().getSecretName())
                    .filter(Predicate.not(secrets(manifests)::contains))
                    .forEach(it -> faults.add("nobody makes the secret " + it));
        }
        return faults;
    }

    private static Stream<String> references(Manifests manifests, Container container) {
        return Stream.concat(
                container.getEnvFrom().stream()
                        .map(it -> it.getConfigMapRef().getName())
                        .filter(it -> !manifests.has(ConfigMap.class, it))
                        .map(it -> "there is no ConfigMap " + it),
                container.getEnv().stream()
                        .filter(it -> it.getValueFrom() != null)
                        .map(it -> it.getValueFrom().getSecretKeyRef().getName())
                        .filter(Predicate.not(secrets(manifests)::contains))
                        .map(it -> "nobody makes the secret " + it));
    }

    /** Made by an operator, or by k8s/secrets. */
    private static Set<String> secrets(Manifests manifests) {
        var secrets = new HashSet<>(Set.of("checkout-cluster-ca-cert", "payment-provider"));
        manifests
                .all(KafkaUser.class)
                .forEach(it -> secrets.add(it.getMetadata().getName()));
        for (var cluster : manifests.all(PostgresCluster.class)) {
            secrets.add(cluster.getMetadata().getName() + "-ca");
            secrets.add(cluster.spec.bootstrap().initdb().secret().name());
            cluster.spec
                    .managed()
                    .roles()
                    .forEach(it -> secrets.add(it.passwordSecret().name()));
        }
        return secrets;
    }

    private static List<String> routes(Manifests manifests) {
        var faults = new ArrayList<String>();
        for (var route : manifests.all(HTTPRoute.class)) {
            var name = "HTTPRoute " + route.getMetadata().getName();
            for (var parent : route.getSpec().getParentRefs()) {
                if (manifests.all(Gateway.class).stream()
                        .filter(it -> it.getMetadata().getName().equals(parent.getName()))
                        .flatMap(it -> it.getSpec().getListeners().stream())
                        .noneMatch(it -> it.getName().equals(parent.getSectionName()))) {
                    faults.add(name + ": no listener " + parent.getSectionName() + " of " + parent.getName());
                }
            }
            route.getSpec().getRules().stream()
                    .flatMap(it -> it.getBackendRefs().stream())
                    .filter(backend -> manifests.all(Service.class).stream()
                            .filter(it -> it.getMetadata().getName().equals(backend.getName()))
                            .flatMap(it -> it.getSpec().getPorts().stream())
                            .noneMatch(it -> it.getPort().equals(backend.getPort())))
                    .forEach(it -> faults.add(name + ": no port " + it.getPort() + " of Service " + it.getName()));
        }
        return faults;
    }
}
