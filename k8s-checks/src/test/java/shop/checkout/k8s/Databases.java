package shop.checkout.k8s;

import io.fabric8.kubernetes.api.model.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import shop.checkout.k8s.PostgresCluster.Role;

/** A database a service, three roles a database, and a slot that survives a failover. */
final class Databases implements Check {

    @Override
    public List<String> faults(Manifests manifests) {
        var faults = new ArrayList<String>();
        for (var deployment : manifests.services()) {
            var name = deployment.getMetadata().getName();
            var migrate = deployment
                    .getSpec()
                    .getTemplate()
                    .getSpec()
                    .getInitContainers()
                    .getFirst();
            manifests.all(PostgresCluster.class).stream()
                    .filter(it -> it.getMetadata().getName().equals(name + "-db"))
                    .findFirst()
                    .ifPresentOrElse(
                            it -> {
                                failover(name, it, faults);
                                roles(name, it, faults);
                                owner(name, it, migrate, manifests.environment(migrate), faults);
                                others(name, it, manifests.environment(Manifests.main(deployment)), faults);
                            },
                            () -> faults.add(name + ": has no database"));
        }
        return faults;
    }

    private static void failover(String name, PostgresCluster cluster, List<String> faults) {
        var parameters = cluster.spec.postgresql().parameters();
        var slots = cluster.spec.replicationSlots().highAvailability();
        if (!slots.enabled()
                || !slots.synchronizeLogicalDecoding()
                || !"on".equals(parameters.get("sync_replication_slots"))
                || !"on".equals(parameters.get("hot_standby_feedback"))) {
            faults.add(name + ": a failover loses the relay's slot");
        }
    }

    private static void roles(String name, PostgresCluster cluster, List<String> faults) {
        var replicating = cluster.spec.managed().roles().stream()
                .filter(Role::replication)
                .map(it -> it.passwordSecret().name())
                .toList();
        if (!replicating.equals(List.of(name + "-db-relay"))) {
            faults.add(name + ": other roles may replicate than the relay's: " + replicating);
        }
    }

    private static void owner(
            String name,
            PostgresCluster cluster,
            Container migrate,
            Map<String, String> variables,
            List<String> faults) {
        var owner = cluster.spec.bootstrap().initdb().secret().name();
        if (!migrate.getArgs().equals(List.of("migrate"))
                || !(owner + "/username").equals(variables.get("SPRING_DATASOURCE_USERNAME"))
                || !(owner + "/password").equals(variables.get("SPRING_DATASOURCE_PASSWORD"))
                || !(name + "-db-application/username").equals(variables.get("CHECKOUT_ROLES_APPLICATION"))
                || !(name + "-db-relay/username").equals(variables.get("CHECKOUT_ROLES_RELAY"))) {
            faults.add(name + ": the owner does not migrate, or grants the others nothing");
        }
    }

    private static void others(
            String name, PostgresCluster cluster, Map<String, String> variables, List<String> faults) {
        var roles = Map.of(
                "SPRING_DATASOURCE_USERNAME", name + "-db-application/username",
                "SPRING_DATASOURCE_PASSWORD", name + "-db-application/password",
                "CHECKOUT_RELAY_USERNAME", name + "-db-relay/username",
                "CHECKOUT_RELAY_PASSWORD", name + "-db-relay/password",
                "SPRING_FLYWAY_ENABLED", "false");
        if (!variables.entrySet().containsAll(roles.entrySet())) {
            faults.add(name + ": works or publishes under another role than its own");
        }
        var owner = cluster.spec.bootstrap().initdb().secret().name() + "/";
        if (variables.values().stream().anyMatch(it -> it.startsWith(owner))) {
            faults.add(name + ": knows the owner's password while it runs");
        }
        if (!variables
                .getOrDefault("DATABASE_URL", "")
                .contains("//" + name + "-db-rw:5432/"
                        + cluster.spec.bootstrap().initdb().database())) {
            faults.add(name + ": its database is elsewhere");
        }
    }
}
