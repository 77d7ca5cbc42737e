package shop.checkout.benchmark.shop;

import java.nio.file.Path;
import java.util.Map;

/**
 * What is started, and how.
 *
 * @param home the folder of the modules whose executable jars are run
 * @param data the folder for databases, topics and logs, on a disk that a power cut would not empty; deleted afterwards
 * @param jvm flags for the JVMs of services and sandbox, parted by blanks; empty for those of the launcher
 * @param properties for the services, beside their own
 */
public record Setup(Path home, Path data, String jvm, Map<String, String> properties) {
    public Setup {
        properties = Map.copyOf(properties);
    }
}
