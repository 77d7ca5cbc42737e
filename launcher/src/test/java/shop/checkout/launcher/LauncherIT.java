package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.launcher.FakePart.Behaviour;

/** The launcher as a process, with real PostgreSQL and Kafka, and stand-ins for the other parts. */
class LauncherIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final PortPlan ports = PortPlan.free();
    private final String port = "--port=" + ports.base();

    @TempDir
    Path folder;

    @Test
    void runsEverythingUntilItIsToldToStop() throws Exception {
        try (var launcher = LauncherProcess.start(home(Map.of()), data(), port).awaitReady()) {
            var parts = launcher.parts();
            var postgres = launcher.postgres();
            assertThat(launcher.property("payment-service.url"))
                    .isEqualTo(ports.url(Part.PAYMENT).toString());
            assertThat(launcher.property("inventory-service.jdbc.url")).endsWith("/inventory");

            int exitCode = launcher.stop();

            assertThat(exitCode).isEqualTo(143);
            assertThat(parts).noneMatch(ProcessHandle::isAlive);
            assertThat(postgres.isAlive()).isFalse();
            assertThat(launcher.output())
                    .contains("Ready after", "kettle (29.00 EUR)", "pm_card_chargeDeclined", "sold-out", "Stopped.");
            assertThat(data().resolve("launcher.properties")).doesNotExist();
        }
    }

    @Test
    void goesOnWithItsDataAtTheSecondStart() throws Exception {
        var home = home(Map.of());
        String kafka;
        try (var launcher = LauncherProcess.start(home, data(), port).awaitReady()) {
            kafka = launcher.property("kafka.bootstrap.servers");
        }

        try (var launcher = LauncherProcess.start(home, data(), port).awaitReady()) {
            assertThat(launcher.property("kafka.bootstrap.servers")).isEqualTo(kafka);
        }
    }

    @Test
    void startsAPartThatDiedAgain() throws Exception {
        try (var launcher = LauncherProcess.start(home(Map.of()), data(), port).awaitReady()) {
            var first = launcher.part(Part.PAYMENT);

            first.destroyForcibly();

            await().atMost(SOON)
                    .until(() -> !launcher.property("payment-service.pid").equals(Long.toString(first.pid())));
            await().atMost(SOON).until(() -> launcher.output().split("payment-service +ready").length == 3);
            assertThat(launcher.output())
                    .contains("payment-service (process " + first.pid() + ") died with exit code 137");
        }
    }

    @Test
    void leavesNothingBehindWhenItIsKilledAndStartsAgain() throws Exception {
        var home = home(Map.of());
        try (var killed = LauncherProcess.start(home, data(), port).awaitReady()) {
            var parts = killed.parts();

            killed.kill();

            await().atMost(SOON).until(() -> parts.stream().noneMatch(ProcessHandle::isAlive));
        }
        try (var launcher = LauncherProcess.start(home, data(), port).awaitReady()) {
            assertThat(launcher.parts()).allMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void stopsWhenItsParentEnds() throws Exception {
        var shell = List.of("sh", "-c", "\"$@\"; true", "sh");
        try (var launcher = LauncherProcess.start(shell, home(Map.of()), data(), port, "--stop-with-parent")
                .awaitReady()) {
            var itself = ProcessHandle.of(Long.parseLong(launcher.property("launcher.pid")))
                    .orElseThrow();
            var parts = launcher.parts();

            launcher.kill();

            await().atMost(SOON).until(() -> !itself.isAlive());
            assertThat(parts).noneMatch(ProcessHandle::isAlive);
            assertThat(launcher.output()).contains("Stopped.");
        }
    }

    @Test
    void refusesAFolderThatAnotherLauncherUses() throws Exception {
        var home = home(Map.of());
        try (var first = LauncherProcess.start(home, data(), port).awaitReady();
                var second = LauncherProcess.start(
                        home, data(), "--port=" + PortPlan.free().base())) {
            assertThat(second.awaitEnd()).isEqualTo(1);
            assertThat(second.output())
                    .contains("another launcher (process " + first.process().pid() + ") uses the data folder");
            assertThat(first.process().isAlive()).isTrue();
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        int taken = ports.port(Part.SHIPPING);
        try (var _ = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress());
                var launcher = LauncherProcess.start(home(Map.of()), data(), port)) {
            assertThat(launcher.awaitEnd()).isEqualTo(1);
            assertThat(launcher.output()).contains("port " + taken + ", meant for shipping-service, is taken");
        }
    }

    @Test
    void stopsWithTheLogOfAPartThatDiesAtStart() throws Exception {
        try (var launcher =
                LauncherProcess.start(home(Map.of(Part.INVENTORY, Behaviour.DIES_AT_START)), data(), port)) {
            assertThat(launcher.awaitEnd()).isEqualTo(1);
            assertThat(launcher.output())
                    .contains(
                            "inventory-service ended while it was starting, with exit code 3",
                            "I cannot find my shoes");
            assertThat(ports.conflict()).isEmpty();
        }
    }

    @Test
    void saysHowToBuildWhatIsMissing() throws Exception {
        try (var launcher = LauncherProcess.start(Files.createDirectories(folder.resolve("empty")), data(), port)) {
            assertThat(launcher.awaitEnd()).isEqualTo(1);
            assertThat(launcher.output()).contains("build and start with: mvn -Prun");
        }
    }

    @Test
    void explainsItsOptions() throws Exception {
        try (var launcher = LauncherProcess.start(folder, data(), "--prot=8080")) {
            assertThat(launcher.awaitEnd()).isEqualTo(2);
            assertThat(launcher.output()).contains("unknown option --prot=8080", "usage: mvn -Prun");
        }
    }

    @Test
    void sendsDemoCheckouts() throws Exception {
        try (var launcher = LauncherProcess.start(home(Map.of()), data(), port, "--traffic=50")
                .awaitReady()) {
            await().atMost(SOON)
                    .until(() -> launcher.output().matches("(?s).*[1-9][0-9,]* completed.* p99 [0-9]+ ms.*"));
        }
    }

    private Path home(Map<Part, Behaviour> unusual) throws Exception {
        return FakePart.install(Files.createDirectories(folder.resolve("home")), unusual);
    }

    private Path data() {
        return folder.resolve("data");
    }
}
