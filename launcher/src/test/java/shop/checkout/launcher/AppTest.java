package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppTest {

    @TempDir
    Path folder;

    private App app;

    @BeforeEach
    void train() throws IOException {
        Files.createFile(folder.resolve("start.aot"));
        app = new App(Part.PAYMENT, folder);
    }

    @Test
    void startsWithItsCache() {
        assertThat(app.command(Purpose.RUN, List.of())).contains("-XX:AOTCache=" + folder.resolve("start.aot"));
    }

    /** With another young generation than the cache was made for, a JVM ends with "Unable to use AOT cache". */
    @Test
    void startsWithoutItsCacheWhereFlagsAreGiven() {
        assertThat(app.command(Purpose.RUN, List.of("-Xmn512m")))
                .contains("-Xmn512m")
                .noneMatch(it -> it.startsWith("-XX:AOT"));
    }
}
