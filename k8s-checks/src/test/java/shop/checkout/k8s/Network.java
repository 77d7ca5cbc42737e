package shop.checkout.k8s;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What network policies let through, judged as Kubernetes does: both ends must allow it, each by any policy. */
final class Network {

    private static final String NAMESPACE = "kubernetes.io/metadata.name";

    private final List<NetworkPolicy> policies;

    Network(Manifests manifests) {
        this.policies = Stream.concat(manifests.all(NetworkPolicy.class).stream(), Strimzi.policies(manifests).stream())
                .toList();
    }

    /**
     * One end of a connection.
     *
     * @param namespace of the pod; "checkout" is the one that the policies are in, "" is outside of the cluster
     * @param ports the pod's named ports
     */
    record End(String namespace, Map<String, String> labels, Map<String, Integer> ports) {

        static End pod(Map<String, String> labels) {
            return new End("checkout", labels, Map.of());
        }

        static End elsewhere(String namespace, Map<String, String> labels) {
            return new End(namespace, labels, Map.of());
        }

        static End outside() {
            return new End("", Map.of(), Map.of());
        }

        int port(String name) {
            return ports.getOrDefault(name, -1);
        }

        boolean isOurs() {
            return namespace.equals("checkout");
        }
    }

    boolean allows(End from, End to, int port) {
        return (!from.isOurs() || leaves(from, to, port)) && (!to.isOurs() || enters(from, to, port));
    }

    private boolean leaves(End from, End to, int port) {
        var selecting = policies.stream()
                .filter(it -> it.getSpec().getPolicyTypes().contains("Egress"))
                .filter(it -> selects(it.getSpec().getPodSelector(), from.labels()))
                .toList();
        return selecting.isEmpty()
                || selecting.stream()
                        .flatMap(it -> it.getSpec().getEgress().stream())
                        .anyMatch(it -> peer(it.getTo(), to) && port(it.getPorts(), to, port));
    }

    private boolean enters(End from, End to, int port) {
        var selecting = policies.stream()
                .filter(it -> it.getSpec().getPolicyTypes().contains("Ingress"))
                .filter(it -> selects(it.getSpec().getPodSelector(), to.labels()))
                .toList();
        return selecting.isEmpty()
                || selecting.stream()
                        .flatMap(it -> it.getSpec().getIngress().stream())
                        .anyMatch(it -> peer(it.getFrom(), from) && port(it.getPorts(), to, port));
    }

    private static boolean peer(List<NetworkPolicyPeer> peers, End end) {
        return peers.isEmpty() || peers.stream().anyMatch(it -> is(it, end));
    }

    private static boolean is(NetworkPolicyPeer peer, End end) {
        if (peer.getIpBlock() != null) {
            return end.namespace().isEmpty();
        }
        var inNamespace = peer.getNamespaceSelector() == null
                ? end.isOurs()
                : selects(peer.getNamespaceSelector(), Map.of(NAMESPACE, end.namespace()));
        return inNamespace && (peer.getPodSelector() == null || selects(peer.getPodSelector(), end.labels()));
    }

    private static boolean port(List<NetworkPolicyPort> ports, End to, int port) {
        return ports.isEmpty() || ports.stream().anyMatch(it -> number(it.getPort(), to) == port);
    }

    private static int number(IntOrString port, End to) {
        return port.getIntVal() != null ? port.getIntVal() : to.port(port.getStrVal());
    }

    private static boolean selects(@Nullable LabelSelector selector, Map<String, String> labels) {
        return selector != null
                && labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
                && selector.getMatchExpressions().stream().allMatch(it -> holds(it, labels));
    }

    private static boolean holds(LabelSelectorRequirement requirement, Map<String, String> labels) {
        var value = labels.get(requirement.getKey());
        return switch (requirement.getOperator()) {
            case "In" -> value != null && requirement.getValues().contains(value);
            case "Exists" -> value != null;
            case String other -> throw new IllegalArgumentException("cannot judge the operator " + other);
        };
    }
}
