package shop.checkout.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the services' own configuration files say. */
final class ServiceSettings {

    private static final Path DEFAULTS = Path.of("..", "common", "src", "main", "resources", "checkout-defaults.yml");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)[:}]");

    private ServiceSettings() {}

    static int httpPort(String service) {
        return first(service).at("/server/port").asInt();
    }

    static int managementPort(String service) {
        return first(service).at("/management/server/port").asInt();
    }

    /** Such as DATABASE_URL; those of all services, too. */
    static Set<String> placeholders(String service) {
        return Stream.of(file(service), DEFAULTS)
                .flatMap(it -> PLACEHOLDER.matcher(text(it)).results())
                .map(it -> it.group(1))
                .collect(Collectors.toSet());
    }

    static Set<String> healthGroups() {
        var groups = new HashSet<String>();
        defaults().at("/management/endpoint/health/group").fieldNames().forEachRemaining(groups::add);
        return groups;
    }

    static JsonNode defaults() {
        return yaml(DEFAULTS);
    }

    private static JsonNode first(String service) {
        return yaml(file(service));
    }

    private static Path file(String service) {
        return Path.of("..", service, "src", "main", "resources", "application.yml");
    }

    /** The first document. */
    private static JsonNode yaml(Path file) {
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(text(file))) {
            return documents.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
