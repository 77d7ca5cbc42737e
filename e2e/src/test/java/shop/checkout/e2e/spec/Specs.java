package shop.checkout.e2e.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder with the specifications. */
record Specs(Path folder) {

    /** Looks for it from the module's folder upwards, wherever the tests are started. */
    static Specs find() {
        var module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        for (var folder = module; folder != null; folder = folder.getParent()) {
            var specs = folder.resolve("docs").resolve("spec");
            if (Files.isDirectory(specs)) {
                return new Specs(specs);
            }
        }
        throw new IllegalStateException("there is no docs/spec in or above " + module);
    }

    /** The names of the modules, such as {@code Relay}. */
    List<String> modules() {
        return names(".tla");
    }

    List<Configuration> configurations() {
        return names(".cfg").stream()
                .map(name -> Configuration.read(folder.resolve(name + ".cfg")))
                .toList();
    }

    String readme() {
        return read(folder.resolve("README.md"));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private List<String> names(String ending) {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
