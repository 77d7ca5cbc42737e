package shop.checkout.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All objects of one overlay. */
record Manifests(List<ObjectNode> trees) {

    Manifests {
        trees = trees.stream().map(ObjectNode::deepCopy).toList();
    }

    static Manifests parse(String yaml) {
        var mapper = new YAMLMapper();
        try (var documents = mapper.readerFor(ObjectNode.class).<ObjectNode>readValues(yaml)) {
            return new Manifests(documents.readAll());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tree of one object, which may be changed. */
    ObjectNode tree(String kind, String name) {
        return trees.stream()
                .filter(it -> it.path("kind").asText().equals(kind)
                        && it.at("/metadata/name").asText().matches(name + "(-[a-z0-9]{10})?"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + kind + " " + name));
    }

    <T extends HasMetadata> List<T> all(Class<T> model) {
        return trees.stream()
                .filter(it -> Models.of(it).filter(model::equals).isPresent())
                .map(it -> Models.read(it, model))
                .toList();
    }

    <T extends HasMetadata> boolean has(Class<T> model, String name) {
        return all(model).stream().anyMatch(it -> it.getMetadata().getName().equals(name));
    }

    /** The deployments of the four services. */
    List<Deployment> services() {
        return all(Deployment.class).stream()
                .filter(it -> !it.getMetadata().getName().equals("sandbox"))
                .toList();
    }

    /** What a container finds in its environment; values that come from a secret are shown as {@code secret/key}. */
    Map<String, String> environment(Container container) {
        var found = new LinkedHashMap<String, String>();
        for (var from : container.getEnvFrom()) {
            all(ConfigMap.class).stream()
                    .filter(it -> it.getMetadata()
                            .getName()
                            .equals(from.getConfigMapRef().getName()))
                    .forEach(it -> found.putAll(it.getData()));
        }
        for (var variable : container.getEnv()) {
            var secret = variable.getValueFrom() == null
                    ? null
                    : variable.getValueFrom().getSecretKeyRef();
            found.put(
                    variable.getName(),
                    secret == null ? variable.getValue() : secret.getName() + "/" + secret.getKey());
        }
        return found;
    }

    static Stream<Container> containers(Deployment deployment) {
        var pod = deployment.getSpec().getTemplate().getSpec();
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }

    static Container main(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
    }

    static String nameOf(JsonNode tree) {
        return tree.path("kind").asText() + " " + tree.at("/metadata/name").asText();
    }
}
