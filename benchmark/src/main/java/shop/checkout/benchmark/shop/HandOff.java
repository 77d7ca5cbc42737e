package shop.checkout.benchmark.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Where everything is, as the launcher tells it in {@code launcher.properties} while the system is ready. */
record HandOff(Properties properties) {

    /** Empty while the system is not ready. */
    static Optional<HandOff> in(Path data) {
        var file = data.resolve("launcher.properties");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return Optional.of(new HandOff(properties));
    }

    URI url(Part part) {
        return URI.create(value(part.module() + ".url"));
    }

    String jdbcUrl(Part part) {
        return value(part.module() + ".jdbc.url");
    }

    long pid(Part part) {
        return Long.parseLong(value(part.module() + ".pid"));
    }

    long launcherPid() {
        return Long.parseLong(value("launcher.pid"));
    }

    String kafka() {
        return value("kafka.bootstrap.servers");
    }

    String databaseUser() {
        return value("postgresql.username");
    }

    String databasePassword() {
        return firstLine(Path.of(value("postgresql.password.file")));
    }

    /** The process above all others of PostgreSQL. */
    long postmasterPid() {
        var folder = Path.of(value("postgresql.password.file")).resolveSibling("cluster");
        return Long.parseLong(firstLine(folder.resolve("postmaster.pid")));
    }

    private String value(String key) {
        var value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalStateException("launcher.properties should have " + key + ": " + properties.keySet());
        }
        return value;
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("").strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
