package shop.checkout.k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.KafkaAuthorizationSimple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** TLS and a password on every connection, and nothing that is kept in one place alone. */
final class Production implements Check {

    private static final Pattern ROOT_CERTIFICATE = Pattern.compile("sslrootcert=([^&]+)");

    @Override
    public List<String> faults(Manifests manifests) {
        var faults = new ArrayList<String>();
        for (var deployment : manifests.services()) {
            var name = deployment.getMetadata().getName();
            Manifests.containers(deployment)
                    .filter(it -> !checksDatabase(it, manifests.environment(it)))
                    .forEach(it -> faults.add(name + ": " + it.getName() + " does not check whose database it is"));
            var main = Manifests.main(deployment);
            if (!checksKafka(main, manifests.environment(main), name)) {
                faults.add(name + ": does not check whose Kafka it is, or says not who it is itself");
            }
        }
        manifests.all(Kafka.class).forEach(it -> kafka(it, faults));
        manifests.all(PostgresCluster.class).forEach(it -> database(it, faults));
        return faults;
    }

    private static boolean checksDatabase(Container container, Map<String, String> variables) {
        var url = variables.getOrDefault("DATABASE_URL", "");
        var root = ROOT_CERTIFICATE.matcher(url);
        return url.contains("sslmode=verify-full") && root.find() && isMounted(container, root.group(1));
    }

    private static boolean checksKafka(Container container, Map<String, String> variables, String user) {
        var prefix = "SPRING_KAFKA_PROPERTIES_";
        return "SASL_SSL".equals(variables.get(prefix + "SECURITY_PROTOCOL"))
                && "SCRAM-SHA-512".equals(variables.get(prefix + "SASL_MECHANISM"))
                && (user + "/sasl.jaas.config").equals(variables.get(prefix + "SASL_JAAS_CONFIG"))
                && "PEM".equals(variables.get(prefix + "SSL_TRUSTSTORE_TYPE"))
                && isMounted(container, String.valueOf(variables.get(prefix + "SSL_TRUSTSTORE_LOCATION")));
    }

    private static boolean isMounted(Container container, String file) {
        return container.getVolumeMounts().stream().anyMatch(it -> file.equals(it.getMountPath() + "/ca.crt"));
    }

    private static void kafka(Kafka kafka, List<String> faults) {
        var spec = kafka.getSpec().getKafka();
        if (!spec.getListeners().stream().allMatch(it -> it.isTls() && it.getAuth() != null)) {
            faults.add("Kafka has a listener without TLS or without a password");
        }
        if (!(spec.getAuthorization() instanceof KafkaAuthorizationSimple)) {
            faults.add("Kafka lets everybody do everything");
        }
        if (spec.getRack() == null) {
            faults.add("Kafka may keep all replicas of a partition in one zone");
        }
    }

    private static void database(PostgresCluster cluster, List<String> faults) {
        var name = cluster.getMetadata().getName();
        var spec = cluster.spec;
        var synchronous = spec.postgresql().synchronous();
        if (spec.instances() < 3
                || synchronous == null
                || synchronous.number() < 1
                || !synchronous.dataDurability().equals("required")) {
            faults.add(name + ": an acknowledged commit may be on one machine alone");
        }
        if (!List.of("hostnossl all all all reject").equals(spec.postgresql().hba())) {
            faults.add(name + ": takes connections without TLS");
        }
    }
}
