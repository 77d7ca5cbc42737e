package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void isHeldByOneAtATime() throws IOException {
        try (var _ = DataFolder.open(folder)) {
            assertThatThrownBy(() -> DataFolder.open(folder))
                    .hasMessageContaining("another launcher (process "
                            + ProcessHandle.current().pid() + ")")
                    .hasMessageContaining("--data=DIR");
        }
        DataFolder.open(folder).close();
    }

    @Test
    void isNeverSomebodyElsesFolder() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> DataFolder.open(folder)).hasMessageContaining("files that are not the launcher's");
        assertThat(folder.resolve("launcher.lock")).doesNotExist();
    }

    @Test
    void forgetsAllButTheUnpackedServices() throws IOException {
        try (var data = DataFolder.open(folder)) {
            Files.createDirectories(data.postgres().resolve("cluster"));
            Files.createDirectories(data.kafka());
            Files.createDirectories(data.apps().resolve("orchestrator-1"));

            data.clear();

            assertThat(data.postgres()).doesNotExist();
            assertThat(data.kafka()).doesNotExist();
            assertThat(data.apps().resolve("orchestrator-1")).exists();
        }
    }
}
