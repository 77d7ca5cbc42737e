package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.launcher.FakePart.Behaviour;

/** The launcher as a process, with real PostgreSQL and Kafka, and stand-ins for the other parts. */
class LauncherIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String NO_CACHE = "--no-start-cache";

    private final PortPlan ports = PortPlan.free();
    private final String port = "--port=" + ports.base();

    @TempDir
    Path folder;

    @AfterEach
    void awaitTheEndOfAll() {
        await().atMost(SOON)
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").contains(folder.toString())));
    }

    @Test
    void runsEverythingUntilItIsToldToStop() throws Exception {
        var home = home(Map.of());
        String kafka;
        try (var launcher = start(home)) {
            kafka = launcher.property("kafka.bootstrap.servers");
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
        try (var second = start(home)) {
            assertThat(second.property("kafka.bootstrap.servers"))
                    .as("it goes on with its data")
                    .isEqualTo(kafka);
        }
    }

    @Test
    void letsFlagsForTheJvmsOfPartsOutrankItsOwn() throws Exception {
        var flags = "--jvm=\"-XX:TieredStopAtLevel=4 -Dcolour=green\"";
        try (var launcher = LauncherProcess.start(home(Map.of()), data(), port, NO_CACHE, flags)
                .awaitReady()) {
            assertThat(launcher.parts())
                    .allSatisfy(part -> assertThat(part.info().commandLine().orElse(""))
                            .containsSubsequence(
                                    "-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=4 -Dcolour=green", "-jar"));
        }
    }

    @Test
    void leavesNothingBehindWhenItIsKilledAndStartsAgain() throws Exception {
        var home = home(Map.of());
        try (var killed = start(home)) {
            var parts = killed.parts();

            killed.kill();

            await().atMost(SOON).until(() -> parts.stream().noneMatch(ProcessHandle::isAlive));
        }
        try (var launcher = start(home)) {
            assertThat(launcher.parts()).allMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void stopsWhenItsParentEnds() throws Exception {
        var shell = List.of("sh", "-c", "\"$@\"; true", "sh");
        try (var launcher = LauncherProcess.start(shell, home(Map.of()), data(), port, NO_CACHE, "--stop-with-parent")
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
    void makesAStartCacheInTheBackgroundAndUsesIt() throws Exception {
        var home = home(Map.of());
        makeStartCaches(home);
        assertThat(data().resolve("training")).doesNotExist();

        try (var launcher = LauncherProcess.start(home, data(), port).awaitReady()) {
            assertThat(launcher.parts())
                    .allMatch(part -> part.info().commandLine().orElse("").contains("-XX:AOTCache="));
            assertThat(Files.readString(data().resolve("logs/payment-service.log"))
                            .lines())
                    .containsExactly("serving");
        }
    }

    @Test
    void makesOnlyTheStartCachesThatAreMissing() throws Exception {
        var home = home(Map.of());
        makeStartCaches(home);
        var made = startCaches();
        var lost = made.keySet().iterator().next();
        Files.delete(lost);

        makeStartCaches(home);

        var again = startCaches();
        assertThat(again).containsOnlyKeys(made.keySet());
        assertThat(again.get(lost)).isNotEqualTo(made.remove(lost));
        assertThat(again).containsAllEntriesOf(made);
    }

    private void makeStartCaches(Path home) throws Exception {
        try (var launcher = LauncherProcess.start(home, data(), port).awaitReady()) {
            await().atMost(Duration.ofMinutes(3)).until(() -> launcher.output().contains("The start cache is made"));
        }
    }

    /** All there are, and when they were made. */
    private Map<Path, FileTime> startCaches() throws Exception {
        var caches = new HashMap<Path, FileTime>();
        try (var files = Files.walk(data().resolve("apps"))) {
            for (var cache : files.filter(file -> file.endsWith("start.aot")).toList()) {
                caches.put(cache, Files.getLastModifiedTime(cache));
            }
        }
        return caches;
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

    private LauncherProcess start(Path home) throws Exception {
        return LauncherProcess.start(home, data(), port, NO_CACHE).awaitReady();
    }

    private Path home(Map<Part, Behaviour> unusual) throws Exception {
        return FakePart.install(Files.createDirectories(folder.resolve("home")), unusual);
    }

    private Path data() {
        return folder.resolve("data");
    }
}
