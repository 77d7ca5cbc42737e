package shop.checkout.e2e.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Where everything is, as the launcher tells it in {@code launcher.properties} while the system is ready. */
final class HandOff {

    private final Properties properties;

    private HandOff(Properties properties) {
        this.properties = properties;
    }

    /** What the launcher has handed off; empty while the system is not ready. */
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

    URI managementUrl(Part part) {
        return URI.create(value(part.module() + ".management.url"));
    }

    String jdbcUrl(Part part) {
        return value(part.module() + ".jdbc.url");
    }

    Path log(Part part) {
        return Path.of(value(part.module() + ".log"));
    }

    long pid(Part part) {
        return Long.parseLong(value(part.module() + ".pid"));
    }

    String databaseUser() {
        return value("postgresql.username");
    }

    String databasePassword() {
        var file = Path.of(value("postgresql.password.file"));
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    String kafka() {
        return value("kafka.bootstrap.servers");
    }

    private String value(String key) {
        var value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalStateException("launcher.properties should have " + key + ": " + properties);
        }
        return value;
    }
}
