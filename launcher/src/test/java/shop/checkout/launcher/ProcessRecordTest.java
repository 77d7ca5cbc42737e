package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {

    @TempDir
    Path data;

    private Process survivor;

    @BeforeEach
    void start() throws IOException {
        survivor = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void end() throws InterruptedException {
        survivor.destroyForcibly().waitFor();
    }

    @Test
    void endsWhatAnEarlierLauncherLeftBehind() {
        new ProcessRecord(data).add("payment-service", survivor.toHandle());

        var ended = new ProcessRecord(data).endLeftovers();

        assertThat(ended).containsExactly("payment-service (process " + survivor.pid() + ")");
        assertThat(survivor.toHandle().isAlive()).isFalse();
        assertThat(new ProcessRecord(data).endLeftovers()).isEmpty();
    }

    @Test
    void sparesAStrangerWithTheSameProcessId() throws IOException {
        long longAgo = Instant.now().minus(Duration.ofHours(1)).toEpochMilli();
        Files.writeString(data.resolve("processes"), "payment-service " + survivor.pid() + " " + longAgo + "\n");

        var ended = new ProcessRecord(data).endLeftovers();

        assertThat(ended).isEmpty();
        assertThat(survivor.isAlive()).isTrue();
    }

    @Test
    void caresForNothingThatHasEnded() throws InterruptedException {
        new ProcessRecord(data).add("payment-service", survivor.toHandle());
        survivor.destroyForcibly().waitFor();

        assertThat(new ProcessRecord(data).endLeftovers()).isEmpty();
    }
}
