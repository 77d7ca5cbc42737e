package shop.checkout.k8s;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.listener.GenericKafkaListener;
import java.util.List;
import java.util.Map;

/** What Strimzi adds to the manifests, as far as it matters here: the policy for what comes in to each listener. */
final class Strimzi {

    static final Map<String, String> BROKER =
            Map.of("strimzi.io/cluster", "checkout", "strimzi.io/broker-role", "true");

    private Strimzi() {}

    static List<NetworkPolicy> policies(Manifests manifests) {
        return manifests.all(Kafka.class).stream()
                .flatMap(it -> it.getSpec().getKafka().getListeners().stream())
                .map(Strimzi::policy)
                .toList();
    }

    private static NetworkPolicy policy(GenericKafkaListener listener) {
        return new NetworkPolicyBuilder()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Map.of("strimzi.io/cluster", "checkout"))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .withFrom(listener.getNetworkPolicyPeers())
                .addNewPort()
                .withNewPort(listener.getPort())
                .endPort()
                .endIngress()
                .endSpec()
                .build();
    }
}
