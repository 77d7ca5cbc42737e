package shop.checkout.e2e.upgrade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import shop.checkout.e2e.shop.ExecutableJar;

/** A build of a service, as an executable jar. */
record Build(Service service, Path jar) {

    static final String COLUMN = "of_the_next_build";

    /** The one that this build of the project has made. */
    static Build current(Service service) {
        return new Build(service, ExecutableJar.of(service.part()));
    }

    /** The next one: it brings the first half of a change, expand and contract, to the table that is written most. */
    Build next(Path folder) {
        var next = folder.resolve(service.part().module() + "-next.jar");
        try {
            Files.copy(jar, next);
            try (var content = FileSystems.newFileSystem(next)) {
                Files.writeString(
                        content.getPath("/BOOT-INF/classes/db/migration/V99991231_1__expand.sql"),
                        "alter table %s add column %s text;%n".formatted(service.table(), COLUMN));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the next build cannot be made of " + jar, e);
        }
        return new Build(service, next);
    }
}
