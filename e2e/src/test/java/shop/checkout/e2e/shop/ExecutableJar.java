package shop.checkout.e2e.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this build of the project has made of its parts. */
public final class ExecutableJar {

    private ExecutableJar() {}

    public static Path of(Part part) {
        try (var files = Files.list(Path.of("..", part.module(), "target"))) {
            return files.filter(it -> it.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(part.module() + "/target should have an executable jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
