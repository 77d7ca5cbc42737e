package shop.checkout.k8s;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The images of this version, by the names that docker-compose.yml knows them by. */
final class Images implements Check {

    private static final Path COMPOSE = Path.of("..", "docker-compose.yml");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>checkout-saga</artifactId>\\s*<version>([^<]+)<");
    private static final Pattern OURS = Pattern.compile("(checkout-saga/[a-z-]+)(:.*)?");

    @Override
    public List<String> faults(Manifests manifests) {
        var faults = new ArrayList<String>();
        var version = version();
        for (var deployment : manifests.all(Deployment.class)) {
            var wanted = "checkout-saga/" + deployment.getMetadata().getName() + ":" + version;
            Manifests.containers(deployment)
                    .map(Container::getImage)
                    .filter(it -> !it.equals(wanted))
                    .forEach(it -> faults.add("image " + it + " instead of " + wanted));
        }
        composed()
                .ifPresent(names -> manifests.all(Deployment.class).stream()
                        .flatMap(Manifests::containers)
                        .map(it -> nameOf(it.getImage()))
                        .filter(it -> !names.contains(it))
                        .forEach(it -> faults.add("docker-compose.yml has no image " + it)));
        return faults;
    }

    private static String version() {
        var pom = VERSION.matcher(ServiceSettings.text(Path.of("..", "pom.xml")));
        if (!pom.find()) {
            throw new IllegalStateException("the parent's pom.xml has no version");
        }
        return pom.group(1);
    }

    private static Optional<Set<String>> composed() {
        if (!Files.exists(COMPOSE)) {
            return Optional.empty();
        }
        try {
            var compose = new YAMLMapper().readTree(COMPOSE.toFile()); // an image may be named in what services share
            return Optional.of(compose.findValuesAsText("image").stream()
                    .map(Images::nameOf)
                    .collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(String image) {
        var ours = OURS.matcher(image);
        return ours.matches() ? ours.group(1) : image;
    }
}
