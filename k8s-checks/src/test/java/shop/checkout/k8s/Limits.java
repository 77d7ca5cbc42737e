package shop.checkout.k8s;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.convert.DurationStyle;
import shop.checkout.contract.Topics;
import shop.checkout.lease.LeaseTimes;

/** Numbers in one place that must suit numbers in another: the time to stop, partitions, connections. */
final class Limits implements Check {

    /** The phases that wait for others: requests, listeners, intents, the relay. */
    private static final int WAITING_PHASES = 4;
    /** Of a replica, beside its pool: for the lease, publishing, replication and looking on. */
    private static final int RELAY_CONNECTIONS = 4;
    /** For the operator, migrations and people. */
    private static final int OTHER_CONNECTIONS = 15;

    @Override
    public List<String> faults(Manifests manifests) {
        var faults = new ArrayList<String>();
        for (var deployment : manifests.services()) {
            stopsInTime(deployment, faults);
        }
        for (var scaler : manifests.all(HorizontalPodAutoscaler.class)) {
            var name = scaler.getMetadata().getName();
            var most = scaler.getSpec().getMaxReplicas();
            if (most > Topics.PARTITIONS) {
                faults.add(name + ": more replicas than partitions");
            }
            connections(manifests, name, most, faults);
        }
        return faults;
    }

    private static void stopsInTime(Deployment deployment, List<String> faults) {
        var pod = deployment.getSpec().getTemplate().getSpec();
        var lifecycle = Manifests.main(deployment).getLifecycle();
        var pause = lifecycle == null
                        || lifecycle.getPreStop() == null
                        || lifecycle.getPreStop().getSleep() == null
                ? Duration.ZERO
                : Duration.ofSeconds(lifecycle.getPreStop().getSleep().getSeconds());
        var phase = DurationStyle.detectAndParse(ServiceSettings.defaults()
                .at("/spring/lifecycle/timeout-per-shutdown-phase")
                .asText());
        var needed = pause.plus(phase.multipliedBy(WAITING_PHASES)).plus(LeaseTimes.DEFAULT.duration());
        var name = deployment.getMetadata().getName();
        if (pause.isZero()) {
            faults.add(name + ": stops while requests are still sent to it");
        }
        if (pod.getTerminationGracePeriodSeconds() == null
                || pod.getTerminationGracePeriodSeconds() < needed.toSeconds()) {
            faults.add(name + ": is killed before " + needed + ", which stopping may take");
        }
    }

    private static void connections(Manifests manifests, String service, int replicas, List<String> faults) {
        int pool = ServiceSettings.defaults()
                .at("/spring/datasource/hikari/maximum-pool-size")
                .asInt();
        int surge = 1;
        int needed = (replicas + surge) * (pool + RELAY_CONNECTIONS) + OTHER_CONNECTIONS;
        manifests.all(PostgresCluster.class).stream()
                .filter(it -> it.getMetadata().getName().equals(service + "-db"))
                .filter(it -> Integer.parseInt(it.spec.postgresql().parameters().get("max_connections")) < needed)
                .forEach(it -> faults.add(service + ": its database has less than " + needed + " connections"));
    }
}
