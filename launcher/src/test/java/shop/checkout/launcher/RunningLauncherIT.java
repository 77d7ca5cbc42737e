package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a launcher does while it runs, with real PostgreSQL and Kafka, and stand-ins for the other parts. */
class RunningLauncherIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final PortPlan PORTS = PortPlan.free();

    @TempDir
    static Path folder;

    private static LauncherProcess launcher;

    @BeforeAll
    static void start() throws Exception {
        FakePart.install(home(), Map.of());
        launcher = LauncherProcess.start(
                        home(), folder.resolve("data"), "--port=" + PORTS.base(), "--no-start-cache", "--traffic=50")
                .awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        launcher.stop();
    }

    @Test
    void tellsOtherProgramsWhereEverythingIs() {
        assertThat(launcher.property("payment-service.url"))
                .isEqualTo(PORTS.url(Part.PAYMENT).toString());
        assertThat(launcher.property("inventory-service.jdbc.url")).endsWith("/inventory");
        assertThat(launcher.property("orchestrator.management.url"))
                .isEqualTo("http://127.0.0.1:" + PORTS.managementPort(Part.ORCHESTRATOR));
        assertThat(Path.of(launcher.property("sandbox.log"))).exists();
        assertThat(Path.of(launcher.property("postgresql.password.file"))).isNotEmptyFile();
    }

    @Test
    void startsAPartThatDiedAgain() throws Exception {
        var first = launcher.part(Part.PAYMENT);

        first.destroyForcibly();

        await().atMost(SOON)
                .until(() -> !launcher.property("payment-service.pid").equals(Long.toString(first.pid())));
        await().atMost(SOON).until(() -> launcher.output().split("payment-service +ready").length == 3);
        assertThat(launcher.output()).contains("payment-service (process " + first.pid() + ") died with exit code 137");
    }

    @Test
    void refusesToShareItsFolder() throws Exception {
        try (var second = LauncherProcess.start(
                home(), folder.resolve("data"), "--port=" + PortPlan.free().base())) {
            assertThat(second.awaitEnd()).isEqualTo(1);
            assertThat(second.output())
                    .contains("another launcher (process " + launcher.process().pid() + ") uses the data folder");
            assertThat(launcher.process().isAlive()).isTrue();
        }
    }

    @Test
    void sendsDemoCheckoutsAndSaysHowTheyFare() {
        await().atMost(SOON).until(() -> launcher.output().matches("(?s).*[1-9][0-9,]* completed.* p99 [0-9]+ ms.*"));
    }

    private static Path home() throws IOException {
        return Files.createDirectories(folder.resolve("home"));
    }
}
