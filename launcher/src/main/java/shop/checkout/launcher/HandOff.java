package shop.checkout.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * {@code launcher.properties} in the data folder: where everything is, for programs that test or observe a running system.
 *
 * <p>The file is there while the system is ready, is replaced in one step whenever a part was restarted, and goes when the launcher stops; only
 * a killed launcher leaves it, so compare {@code launcher.pid}.
 * Keys: {@code launcher.pid}, {@code logs}, {@code kafka.bootstrap.servers}, {@code postgresql.port}, {@code postgresql.username},
 * {@code postgresql.password.file}, and for each part NAME (module) {@code NAME.url}, {@code NAME.pid}, {@code NAME.log}, for services also
 * {@code NAME.management.url} and {@code NAME.jdbc.url}.
 */
final class HandOff {
    private final Path file;
    private final Map<String, Long> pids = new HashMap<>();
    private final Properties properties = new Properties();

    HandOff(Path data) {
        this.file = data.resolve("launcher.properties");
    }

    /** Nothing is ready yet, whatever a killed launcher left. */
    synchronized void remove() {
        properties.clear();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new LauncherException("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }

    synchronized void running(String name, long pid) {
        pids.put(name, pid);
        if (!properties.isEmpty()) {
            write();
        }
    }

    synchronized void ready(CheckoutSystem.Site site, Infrastructure infrastructure) {
        properties.setProperty(
                "launcher.pid", Long.toString(ProcessHandle.current().pid()));
        properties.setProperty("logs", site.logs().toString());
        properties.setProperty("kafka.bootstrap.servers", infrastructure.kafka().bootstrapServers());
        var postgres = infrastructure.postgres();
        properties.setProperty("postgresql.port", Integer.toString(postgres.port()));
        properties.setProperty("postgresql.username", postgres.username());
        properties.setProperty(
                "postgresql.password.file", site.postgres().resolve("password").toString());
        for (var part : Part.values()) {
            var name = part.module();
            properties.setProperty(name + ".url", site.ports().url(part).toString());
            properties.setProperty(name + ".log", site.log(part).toString());
            if (part.isService()) {
                properties.setProperty(
                        name + ".management.url",
                        "http://127.0.0.1:" + site.ports().managementPort(part));
                properties.setProperty(name + ".jdbc.url", postgres.jdbcUrl(part.database()));
            }
        }
        write();
    }

    private void write() {
        pids.forEach((name, pid) -> properties.setProperty(name + ".pid", Long.toString(pid)));
        var writing = file.resolveSibling("launcher.properties.new");
        try {
            try (var out = Files.newBufferedWriter(writing)) {
                properties.store(out, "a running checkout-saga");
            }
            Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LauncherException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
