package shop.checkout.e2e.secured;

import static java.util.stream.Collectors.toMap;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the manifests say about Kafka, as its operator would carry it out, but on one broker. */
final class Manifests {

    private static final Path FOLDER = Path.of("..", "k8s");
    private static final YAMLMapper YAML = new YAMLMapper();

    private Manifests() {}

    static List<NewTopic> topics() {
        return documents("base/kafka/topics.yaml")
                .map(topic -> new NewTopic(
                                name(topic), topic.at("/spec/partitions").asInt(), (short) 1)
                        .configs(onOneBroker(topic.at("/spec/config"))))
                .toList();
    }

    private static Map<String, String> onOneBroker(JsonNode config) {
        return config.properties().stream()
                .filter(it -> !it.getKey().equals("min.insync.replicas"))
                .collect(toMap(Map.Entry::getKey, it -> it.getValue().asString()));
    }

    static List<String> users() {
        return documents("overlays/prod/users.yaml").map(Manifests::name).toList();
    }

    static List<AclBinding> grants() {
        return documents("overlays/prod/users.yaml").flatMap(Manifests::grants).toList();
    }

    private static Stream<AclBinding> grants(JsonNode user) {
        return user.at("/spec/authorization/acls").valueStream().flatMap(acl -> {
            var resource = new ResourcePattern(
                    ResourceType.fromString(acl.at("/resource/type").asString()),
                    acl.at("/resource/name").asString(),
                    PatternType.LITERAL);
            return acl.path("operations")
                    .valueStream()
                    .map(operation -> new AccessControlEntry(
                            "User:" + name(user), "*", operation(operation), AclPermissionType.ALLOW))
                    .map(entry -> new AclBinding(resource, entry));
        });
    }

    /** {@code DescribeConfigs} */
    private static AclOperation operation(JsonNode name) {
        return AclOperation.fromString(
                name.asString().replaceAll("(?<=.)([A-Z])", "_$1").toUpperCase(Locale.ROOT));
    }

    /** What all services are told about Kafka by environment variables. */
    static Map<String, String> settings() {
        return documents("overlays/prod/kustomization.yaml")
                .flatMap(it -> it.path("configMapGenerator").valueStream())
                .filter(it -> it.path("name").asString().equals("checkout-saga"))
                .flatMap(it -> it.path("literals").valueStream())
                .map(literal -> literal.asString().split("=", 2))
                .filter(pair -> pair[0].contains("KAFKA"))
                .collect(toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static String name(JsonNode resource) {
        return resource.at("/metadata/name").asString();
    }

    private static Stream<JsonNode> documents(String file) {
        try (var documents = YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(FOLDER.resolve(file).toFile())) {
            return documents.readAll().stream();
        }
    }
}
