package shop.checkout.k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pod Security "restricted", a root that cannot be written to, limits, no token, and the probes of the health groups. */
final class Pods implements Check {

    private static final String RESTRICTED = "pod-security.kubernetes.io/enforce";

    @Override
    public List<String> faults(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests.all(Namespace.class).stream()
                .filter(it -> !"restricted".equals(it.getMetadata().getLabels().get(RESTRICTED)))
                .forEach(it -> faults.add("the namespace does not enforce Pod Security 'restricted'"));
        manifests.all(ServiceAccount.class).stream()
                .filter(it -> !Boolean.FALSE.equals(it.getAutomountServiceAccountToken()))
                .forEach(it -> faults.add(it.getMetadata().getName() + " hands out a token"));
        for (var deployment : manifests.all(Deployment.class)) {
            pod(deployment, faults);
            Manifests.containers(deployment)
                    .flatMap(it -> container(it).stream())
                    .forEach(it -> faults.add(deployment.getMetadata().getName() + ": " + it));
        }
        for (var deployment : manifests.services()) {
            probes(Manifests.main(deployment))
                    .forEach(it -> faults.add(deployment.getMetadata().getName() + ": " + it));
        }
        return faults;
    }

    private static void pod(Deployment deployment, List<String> faults) {
        var pod = deployment.getSpec().getTemplate().getSpec();
        var context = pod.getSecurityContext();
        var name = deployment.getMetadata().getName();
        if (!Boolean.FALSE.equals(pod.getAutomountServiceAccountToken())) {
            faults.add(name + ": a token is mounted");
        }
        if (context == null
                || !Boolean.TRUE.equals(context.getRunAsNonRoot())
                || context.getRunAsUser() == null
                || context.getRunAsUser() == 0) {
            faults.add(name + ": may run as root");
        }
        if (context == null
                || context.getSeccompProfile() == null
                || !context.getSeccompProfile().getType().equals("RuntimeDefault")) {
            faults.add(name + ": has no seccomp profile");
        }
        if (pod.getTopologySpreadConstraints().size() < 2 && !name.equals("sandbox")) {
            faults.add(name + ": is not spread over zones and nodes");
        }
    }

    private static List<String> container(Container container) {
        var faults = new ArrayList<String>();
        var context = container.getSecurityContext();
        if (context == null || !Boolean.FALSE.equals(context.getAllowPrivilegeEscalation())) {
            faults.add(container.getName() + " may gain privileges");
        }
        if (context == null || !Boolean.TRUE.equals(context.getReadOnlyRootFilesystem())) {
            faults.add(container.getName() + " may write to its image");
        }
        if (context == null
                || context.getCapabilities() == null
                || !context.getCapabilities().getDrop().equals(List.of("ALL"))
                || !context.getCapabilities().getAdd().isEmpty()) {
            faults.add(container.getName() + " keeps capabilities");
        }
        if (container.getVolumeMounts().stream()
                .noneMatch(it -> it.getMountPath().equals("/tmp"))) {
            faults.add(container.getName() + " has no /tmp");
        }
        var resources = container.getResources();
        for (var what : List.of("cpu", "memory")) {
            if (resources == null
                    || !resources.getRequests().containsKey(what)
                    || !resources.getLimits().containsKey(what)) {
                faults.add(container.getName() + " has no request or limit of " + what);
            }
        }
        return faults;
    }

    private static Stream<String> probes(Container container) {
        return Stream.of(
                        fault("startup", container.getStartupProbe(), "liveness"),
                        fault("liveness", container.getLivenessProbe(), "liveness"),
                        fault("readiness", container.getReadinessProbe(), "readiness"))
                .flatMap(Optional::stream);
    }

    private static Optional<String> fault(String kind, @Nullable Probe probe, String group) {
        return asks(probe, group)
                ? Optional.empty()
                : Optional.of("its " + kind + " probe does not ask for the health group " + group);
    }

    private static boolean asks(@Nullable Probe probe, String group) {
        return probe != null
                && probe.getHttpGet() != null
                && probe.getHttpGet().getPath().equals("/actuator/health/" + group)
                && "management".equals(probe.getHttpGet().getPort().getStrVal())
                && ServiceSettings.healthGroups().contains(group);
    }
}
