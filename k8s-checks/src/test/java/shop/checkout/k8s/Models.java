package shop.checkout.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The published Java models of all kinds that may be used, and whether an object has fields that its model does not know: Kubernetes
 * drops those without a word.
 */
final class Models implements Check {

    private static final ObjectMapper MAPPER = new ObjectMapper().registerModule(new JavaTimeModule());

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.ofEntries(
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("gateway.networking.k8s.io/v1/Gateway", Gateway.class),
            Map.entry("gateway.networking.k8s.io/v1/HTTPRoute", HTTPRoute.class),
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
            Map.entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class),
            Map.entry("postgresql.cnpg.io/v1/Cluster", PostgresCluster.class));

    static Optional<Class<? extends HasMetadata>> of(JsonNode tree) {
        return Optional.ofNullable(KINDS.get(
                tree.path("apiVersion").asText() + "/" + tree.path("kind").asText()));
    }

    static <T> T read(JsonNode tree, Class<T> model) {
        return MAPPER.convertValue(tree, model);
    }

    @Override
    public List<String> faults(Manifests manifests) {
        return manifests.trees().stream().flatMap(it -> faults(it).stream()).toList();
    }

    private static List<String> faults(JsonNode tree) {
        var name = Manifests.nameOf(tree);
        var model = of(tree);
        if (model.isEmpty()) {
            return List.of(name + ": no such kind in " + tree.path("apiVersion").asText());
        }
        try {
            var faults = new ArrayList<String>();
            collect(read(tree, model.get()), name, faults);
            return faults;
        } catch (IllegalArgumentException e) {
            return List.of(name + ": " + e.getMessage());
        }
    }

    private static void collect(@Nullable Object value, String path, List<String> faults) {
        switch (value) {
            case Collection<?> many -> many.forEach(it -> collect(it, path + "[]", faults));
            case Map<?, ?> map -> map.forEach((key, it) -> collect(it, path + "." + key, faults));
            case null -> {}
            default -> {
                if (isModel(value.getClass())) {
                    fields(value, path, faults);
                }
            }
        }
    }

    private static void fields(Object value, String path, List<String> faults) {
        for (Class<?> type = value.getClass(); isModel(type); type = type.getSuperclass()) {
            for (var field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                var content = content(field, value);
                if (!field.getName().equals("additionalProperties")) {
                    collect(content, path + "." + field.getName(), faults);
                } else if (content instanceof Map<?, ?> unknown && !unknown.isEmpty()) {
                    faults.add(path + ": no such field " + unknown.keySet());
                }
            }
        }
    }

    private static @Nullable Object content(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isModel(Class<?> type) {
        var name = type.getName();
        return !type.isEnum() && (name.startsWith("io.fabric8.") || name.startsWith("io.strimzi.") || type.isRecord());
    }
}
