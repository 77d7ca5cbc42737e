package shop.checkout.k8s;

import java.util.stream.Stream;

/**
 * One small mistake in what is rendered, and what must be said of it.
 *
 * @param at what is changed: a JSON pointer into the object
 * @param value in JSON; empty to take away
 */
record Slip(
        Class<? extends Check> check, String overlay, String kind, String name, String at, String value, String fault) {

    private static final String POD = "/spec/template/spec";
    private static final String MAIN = POD + "/containers/0";

    private static Slip dev(
            Class<? extends Check> by, String kind, String name, String at, String value, String fault) {
        return new Slip(by, "dev", kind, name, at, value, fault);
    }

    private static Slip prod(
            Class<? extends Check> by, String kind, String name, String at, String value, String fault) {
        return new Slip(by, "prod", kind, name, at, value, fault);
    }

    static Stream<Slip> all() {
        return Stream.of(
                        models(),
                        pods(),
                        wiring(),
                        environment(),
                        numbers(),
                        kafka(),
                        databases(),
                        network(),
                        production())
                .flatMap(it -> it);
    }

    private static Stream<Slip> models() {
        var by = Models.class;
        return Stream.of(
                dev(by, "Deployment", "orchestrator", MAIN + "/readynessProbe", "{}", "no such field [readynessProbe]"),
                dev(by, "Deployment", "orchestrator", "/spec/replicas", "\"two\"", "two"),
                dev(by, "Deployment", "orchestrator", "/apiVersion", "\"apps/v1beta1\"", "no such kind"),
                dev(by, "Service", "orchestrator", "/spec/ports/0/targetport", "1", "no such field [targetport]"),
                dev(by, "HorizontalPodAutoscaler", "orchestrator", "/spec/minReplica", "1", "no such field"),
                dev(by, "NetworkPolicy", "default-deny", "/spec/policyType", "[]", "no such field"),
                dev(by, "Cluster", "orchestrator-db", "/spec/postgresql/synchronus", "{}", "synchronus"),
                dev(by, "Cluster", "orchestrator-db", "/spec/replicationSlots/highAvailability/sync", "true", "sync"),
                dev(by, "Kafka", "checkout", "/spec/kafka/listeners/0/tlz", "true", "no such field [tlz]"),
                dev(by, "Kafka", "checkout", "/spec/zookeeper", "{}", "no such field [zookeeper]"),
                dev(by, "KafkaNodePool", "broker", "/spec/role", "[]", "no such field [role]"),
                dev(by, "KafkaTopic", "checkout.events", "/spec/partition", "12", "no such field [partition]"),
                prod(
                        by,
                        "KafkaUser",
                        "orchestrator",
                        "/spec/authorization/acls/0/operation",
                        "\"Read\"",
                        "no such field"),
                prod(by, "Gateway", "checkout", "/spec/listeners/0/hostnames", "[]", "no such field [hostnames]"),
                prod(by, "HTTPRoute", "shop", "/spec/rules/0/backends", "[]", "no such field [backends]"),
                prod(
                        by,
                        "ServiceMonitor",
                        "checkout-saga",
                        "/spec/endpoints/0/paths",
                        "\"/\"",
                        "no such field [paths]"));
    }

    private static Stream<Slip> pods() {
        var by = Pods.class;
        return Stream.of(
                dev(by, "Namespace", "checkout", "/metadata/labels", "{}", "does not enforce"),
                dev(by, "ServiceAccount", "orchestrator", "/automountServiceAccountToken", "true", "hands out a token"),
                dev(by, "Deployment", "orchestrator", POD + "/automountServiceAccountToken", "", "a token is mounted"),
                dev(by, "Deployment", "orchestrator", POD + "/securityContext/runAsNonRoot", "", "may run as root"),
                dev(by, "Deployment", "orchestrator", POD + "/securityContext/runAsUser", "0", "may run as root"),
                dev(by, "Deployment", "sandbox", POD + "/securityContext/seccompProfile", "", "no seccomp"),
                dev(by, "Deployment", "orchestrator", POD + "/topologySpreadConstraints/0", "", "not spread"),
                dev(
                        by,
                        "Deployment",
                        "sandbox",
                        MAIN + "/securityContext/allowPrivilegeEscalation",
                        "",
                        "gain privileges"),
                dev(
                        by,
                        "Deployment",
                        "orchestrator",
                        MAIN + "/securityContext/readOnlyRootFilesystem",
                        "",
                        "may write"),
                dev(by, "Deployment", "orchestrator", POD + "/initContainers/0/securityContext", "", "migrate keeps"),
                dev(by, "Deployment", "orchestrator", MAIN + "/volumeMounts/0", "", "no /tmp"),
                dev(by, "Deployment", "orchestrator", MAIN + "/resources/limits/memory", "", "limit of memory"),
                dev(by, "Deployment", "orchestrator", MAIN + "/resources/requests/cpu", "", "limit of cpu"),
                dev(by, "Deployment", "orchestrator", MAIN + "/startupProbe", "", "startup probe"),
                dev(
                        by,
                        "Deployment",
                        "orchestrator",
                        MAIN + "/livenessProbe/httpGet/path",
                        "\"/actuator/health\"",
                        "liveness"),
                dev(by, "Deployment", "orchestrator", MAIN + "/readinessProbe/httpGet/port", "\"http\"", "readiness"));
    }

    private static Stream<Slip> wiring() {
        var by = Wiring.class;
        return Stream.of(
                dev(by, "Deployment", "payment-service", MAIN + "/ports/0/containerPort", "8080", "listens on 8082"),
                dev(by, "Deployment", "payment-service", MAIN + "/ports/1/containerPort", "8090", "is not 8092"),
                dev(by, "Service", "orchestrator", "/spec/ports/0/targetPort", "\"web\"", "leads to no port web"),
                dev(by, "Service", "orchestrator", "/spec/selector", "{\"app\": \"x\"}", "selects no deployment"),
                dev(
                        by,
                        "PodDisruptionBudget",
                        "orchestrator",
                        "/spec/selector/matchLabels",
                        "{\"app\": \"x\"}",
                        "selects no"),
                dev(by, "Deployment", "orchestrator", "/spec/selector/matchLabels", "{\"app\": \"x\"}", "other pods"),
                dev(
                        by,
                        "HorizontalPodAutoscaler",
                        "orchestrator",
                        "/spec/scaleTargetRef/name",
                        "\"x\"",
                        "which there is not"),
                dev(by, "Deployment", "orchestrator", POD + "/serviceAccountName", "\"x\"", "no ServiceAccount x"),
                dev(by, "Deployment", "orchestrator", MAIN + "/envFrom/0/configMapRef/name", "\"x\"", "no ConfigMap x"),
                dev(by, "Deployment", "orchestrator", MAIN + "/env/1/valueFrom/secretKeyRef/name", "\"x\"", "secret x"),
                dev(by, "ConfigMap", "orchestrator", "/kind", "\"Secret\"", "no secrets in files"),
                prod(by, "Deployment", "orchestrator", POD + "/volumes/1/secret/secretName", "\"x\"", "secret x"),
                prod(by, "HTTPRoute", "shop", "/spec/parentRefs/0/sectionName", "\"x\"", "no listener x"),
                prod(by, "HTTPRoute", "shop", "/spec/rules/0/backendRefs/0/port", "8080", "no port 8080"),
                prod(
                        by,
                        "ServiceMonitor",
                        "checkout-saga",
                        "/spec/endpoints/0/port",
                        "\"x\"",
                        "the ServiceMonitor finds []"));
    }

    private static Stream<Slip> environment() {
        var by = Environment.class;
        return Stream.of(
                dev(by, "ConfigMap", "checkout-saga", "/data/SERVER_ADRESS", "\"0.0.0.0\"", "binds SERVER_ADRESS"),
                dev(
                        by,
                        "ConfigMap",
                        "checkout-saga",
                        "/data/CHECKOUT_PAYMENT_GATEWAY_URL",
                        "\"x\"",
                        "orchestrator: nothing"),
                dev(by, "ConfigMap", "orchestrator", "/data/DATABASE_URI", "\"x\"", "binds DATABASE_URI"),
                prod(
                        by,
                        "ConfigMap",
                        "checkout-saga",
                        "/data/OTEL_EXPORTER_ENDPOINT",
                        "\"x\"",
                        "binds OTEL_EXPORTER_ENDPOINT"),
                dev(
                        by,
                        "Deployment",
                        "orchestrator",
                        MAIN + "/env/0/name",
                        "\"SPRING_FLYWAY_ENABLE\"",
                        "FLYWAY_ENABLE"),
                prod(
                        by,
                        "ConfigMap",
                        "checkout-saga",
                        "/data/SPRING_KAFKA_PROPERTIES_SSL_TRUSTSTORE",
                        "\"x\"",
                        "TRUSTSTORE"));
    }

    private static Stream<Slip> numbers() {
        var by = Limits.class;
        return Stream.of(
                dev(by, "Deployment", "orchestrator", POD + "/terminationGracePeriodSeconds", "30", "is killed before"),
                dev(by, "Deployment", "orchestrator", POD + "/terminationGracePeriodSeconds", "", "is killed before"),
                dev(by, "Deployment", "orchestrator", MAIN + "/lifecycle", "", "requests are still sent"),
                prod(by, "HorizontalPodAutoscaler", "orchestrator", "/spec/maxReplicas", "13", "than partitions"),
                prod(
                        by,
                        "Cluster",
                        "orchestrator-db",
                        "/spec/postgresql/parameters/max_connections",
                        "\"100\"",
                        "connections"),
                dev(
                        Images.class,
                        "Deployment",
                        "orchestrator",
                        MAIN + "/image",
                        "\"checkout-saga/orchestrator:latest\"",
                        "latest"),
                dev(
                        Images.class,
                        "Deployment",
                        "sandbox",
                        MAIN + "/image",
                        "\"sandbox\"",
                        "instead of checkout-saga/sandbox"));
    }

    private static Stream<Slip> kafka() {
        return Stream.of(
                dev(Topology.class, "KafkaTopic", "checkout.events", "/spec/partitions", "6", "12 partitions"),
                dev(Topology.class, "KafkaTopic", "checkout.events", "/spec/replicas", "3", "on 1 brokers"),
                dev(Topology.class, "KafkaTopic", "checkout.events", "/metadata/name", "\"x\"", "instead of"),
                prod(
                        Topology.class,
                        "KafkaTopic",
                        "checkout.events",
                        "/spec/config/min.insync.replicas",
                        "1",
                        "1 of them"),
                prod(
                        Topology.class,
                        "KafkaTopic",
                        "checkout.events",
                        "/spec/config/retention.ms",
                        "1",
                        "retention.ms must"),
                prod(
                        Topology.class,
                        "Kafka",
                        "checkout",
                        "/spec/kafka/config/auto.create.topics.enable",
                        "true",
                        "make topics"),
                prod(
                        Users.class,
                        "KafkaUser",
                        "orchestrator",
                        "/spec/authorization/acls/1/operations",
                        "[\"Read\"]",
                        "but needs"),
                prod(Users.class, "KafkaUser", "payment-service", "/spec/authorization/acls/1", "", "but needs"));
    }

    private static Stream<Slip> databases() {
        var by = Databases.class;
        return Stream.of(
                dev(by, "Cluster", "orchestrator-db", "/metadata/name", "\"x\"", "has no database"),
                dev(
                        by,
                        "Cluster",
                        "orchestrator-db",
                        "/spec/replicationSlots/highAvailability/synchronizeLogicalDecoding",
                        "",
                        "slot"),
                dev(by, "Cluster", "orchestrator-db", "/spec/postgresql/parameters/sync_replication_slots", "", "slot"),
                dev(by, "Cluster", "orchestrator-db", "/spec/managed/roles/0/replication", "true", "may replicate"),
                dev(by, "Deployment", "orchestrator", POD + "/initContainers/0/args", "[]", "owner does not migrate"),
                dev(by, "Deployment", "orchestrator", POD + "/initContainers/0/env/3", "", "owner does not migrate"),
                dev(by, "Deployment", "orchestrator", MAIN + "/env/0/value", "\"true\"", "another role"),
                dev(by, "Deployment", "orchestrator", MAIN + "/env/3", "", "another role"),
                dev(
                        by,
                        "Deployment",
                        "orchestrator",
                        MAIN + "/env/2/valueFrom/secretKeyRef/name",
                        "\"orchestrator-db-owner\"",
                        "owner's password"),
                dev(
                        by,
                        "ConfigMap",
                        "orchestrator",
                        "/data/DATABASE_URL",
                        "\"jdbc:postgresql://x:5432/y\"",
                        "elsewhere"));
    }

    private static Stream<Slip> network() {
        var by = Connections.class;
        return Stream.of(
                dev(by, "NetworkPolicy", "names", "/spec/egress/0/ports", "[{\"port\": 54}]", "orchestrator and DNS"),
                dev(
                        by,
                        "NetworkPolicy",
                        "orchestrator",
                        "/spec/egress/0/ports/0/port",
                        "1",
                        "orchestrator and its database"),
                dev(by, "NetworkPolicy", "orchestrator-db", "/spec/ingress", "[]", "orchestrator and its database"),
                dev(by, "NetworkPolicy", "services-to-kafka", "/spec/egress/0/ports/0/port", "9093", "and Kafka"),
                dev(by, "NetworkPolicy", "databases", "/spec/ingress/0/from/1", "", "the operator and the database"),
                dev(by, "NetworkPolicy", "databases", "/spec/egress/1", "", "API server"),
                dev(by, "NetworkPolicy", "kafka", "/spec/egress/1", "", "brokers apart"),
                dev(by, "NetworkPolicy", "services-to-sandbox", "/spec/egress", "[]", "payment-service and http"),
                prod(by, "NetworkPolicy", "services-to-outside", "/spec/egress", "[]", "shipping-service and https"),
                prod(by, "NetworkPolicy", "scrape", "/spec/ingress/0/ports/0/port", "\"http\"", "Prometheus and"),
                prod(
                        by,
                        "NetworkPolicy",
                        "services-to-collector",
                        "/spec/egress/0/ports/0/port",
                        "4317",
                        "orchestrator and the collector of traces"),
                prod(
                        by,
                        "ConfigMap",
                        "checkout-saga",
                        "/data/OTEL_EXPORTER_OTLP_ENDPOINT",
                        "\"http://otel-collector.tracing:4318\"",
                        "the collector of traces"),
                prod(by, "NetworkPolicy", "gateway-to-orchestrator", "/spec/ingress", "[]", "the gateway and"),
                dev(
                        by,
                        "NetworkPolicy",
                        "default-deny",
                        "/spec/policyTypes",
                        "[\"Egress\"]",
                        "strangers to orchestrator"),
                dev(by, "NetworkPolicy", "orchestrator-db", "/spec/ingress/0/from", "[]", "strangers to the database"),
                dev(by, "Kafka", "checkout", "/spec/kafka/listeners/0/networkPolicyPeers", "[]", "strangers to Kafka"),
                prod(
                        by,
                        "NetworkPolicy",
                        "services-to-outside",
                        "/spec/podSelector",
                        "{}",
                        "orchestrator to the outside"));
    }

    private static Stream<Slip> production() {
        var by = Production.class;
        return Stream.of(
                prod(
                        by,
                        "ConfigMap",
                        "orchestrator",
                        "/data/DATABASE_URL",
                        "\"jdbc:postgresql://orchestrator-db-rw:5432/orchestrator?sslmode=require\"",
                        "does not check whose database"),
                prod(
                        by,
                        "Deployment",
                        "orchestrator",
                        POD + "/initContainers/0/volumeMounts",
                        "[]",
                        "migrate does not check"),
                prod(
                        by,
                        "ConfigMap",
                        "checkout-saga",
                        "/data/SPRING_KAFKA_PROPERTIES_SECURITY_PROTOCOL",
                        "\"SSL\"",
                        "whose Kafka"),
                prod(
                        by,
                        "ConfigMap",
                        "checkout-saga",
                        "/data/SPRING_KAFKA_PROPERTIES_SSL_TRUSTSTORE_LOCATION",
                        "",
                        "whose Kafka"),
                prod(by, "Kafka", "checkout", "/spec/kafka/listeners/0/tls", "false", "without TLS"),
                prod(by, "Kafka", "checkout", "/spec/kafka/listeners/0/authentication", "", "without a password"),
                prod(by, "Kafka", "checkout", "/spec/kafka/authorization", "", "everybody do everything"),
                prod(by, "Kafka", "checkout", "/spec/kafka/rack", "", "one zone"),
                prod(by, "Cluster", "orchestrator-db", "/spec/instances", "1", "one machine alone"),
                prod(
                        by,
                        "Cluster",
                        "orchestrator-db",
                        "/spec/postgresql/synchronous/dataDurability",
                        "\"preferred\"",
                        "alone"),
                prod(by, "Cluster", "orchestrator-db", "/spec/postgresql/pg_hba", "", "without TLS"));
    }

    @Override
    public String toString() {
        return check.getSimpleName() + ": " + kind + " " + name + " " + at + " = " + value;
    }
}
