package shop.checkout.k8s;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Whether the service binds each variable that it is given: a name with a slip in it would be taken for somebody else's and
 * passed over.
 */
final class Environment implements Check {

    private static final String KAFKA = "SPRING_KAFKA_PROPERTIES_";
    private static final Set<String> OF_THE_JVM = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
    private static final Set<String> KAFKA_PROPERTIES = Stream.of(
                    ProducerConfig.configNames(), ConsumerConfig.configNames(), AdminClientConfig.configNames())
            .flatMap(Set::stream)
            .map(it -> KAFKA + variable(it))
            .collect(Collectors.toSet());
    private static final Set<String> OF_SPRING = springs();

    @Override
    public List<String> faults(Manifests manifests) {
        return manifests.services().stream()
                .flatMap(it -> Manifests.containers(it).flatMap(container -> faults(manifests, it, container)))
                .distinct()
                .toList();
    }

    private static Stream<String> faults(Manifests manifests, Deployment deployment, Container container) {
        var service = deployment.getMetadata().getName();
        var known = new HashSet<>(OF_SPRING);
        known.addAll(KAFKA_PROPERTIES);
        known.addAll(OF_THE_JVM);
        known.addAll(ServiceSettings.placeholders(service));
        known.addAll(ours(service));
        return manifests.environment(container).keySet().stream()
                .filter(it -> !known.contains(it))
                .map(it -> service + ": nothing binds " + it);
    }

    /** All that Spring Boot documents; a map's keys can be anything, so that the map itself is not enough. */
    private static Set<String> springs() {
        try {
            var names = new HashSet<String>();
            var files = Environment.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json");
            while (files.hasMoreElements()) {
                new ObjectMapper()
                        .readTree(files.nextElement())
                        .path("properties")
                        .forEach(it -> names.add(variable(it.path("name").asText())));
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of common and of the service itself. */
    private static Set<String> ours(String service) {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scan.findCandidateComponents("shop.checkout").stream()
                .map(it -> ClassUtils.resolveClassName(String.valueOf(it.getBeanClassName()), null))
                .filter(it -> Wiring.SERVICES.stream()
                        .filter(other -> !other.equals(service))
                        .noneMatch(other -> it.getPackageName().startsWith(packageOf(other))))
                .flatMap(it -> properties(prefix(it), it))
                .map(Environment::variable)
                .collect(Collectors.toSet());
    }

    private static String prefix(Class<?> type) {
        return String.valueOf(AnnotationUtils.getValue(type.getAnnotation(ConfigurationProperties.class)));
    }

    private static Stream<String> properties(String prefix, Class<?> record) {
        return Stream.of(record.getRecordComponents()).flatMap(it -> property(prefix, it));
    }

    private static Stream<String> property(String prefix, RecordComponent component) {
        var name = prefix + "." + component.getName();
        return component.getType().isRecord() ? properties(name, component.getType()) : Stream.of(name);
    }

    private static String packageOf(String service) {
        return "shop.checkout." + service.replace("-service", "");
    }

    /** As Spring Boot's relaxed binding has it. */
    private static String variable(String property) {
        return property.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
    }
}
