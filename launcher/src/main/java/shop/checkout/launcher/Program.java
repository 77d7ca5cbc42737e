package shop.checkout.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is needed to run one part as a process.
 *
 * @param name as people know it
 * @param command asked for at each start, because a start cache may have come meanwhile
 * @param environment added to that of the launcher; for what must not show in a list of processes
 * @param readiness answers 200 once the program does its work
 * @param log where its output goes
 */
record Program(String name, Supplier<List<String>> command, Map<String, String> environment, URI readiness, Path log) {
    Program {
        environment = Map.copyOf(environment);
    }
}
