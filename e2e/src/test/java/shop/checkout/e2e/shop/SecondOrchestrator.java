package shop.checkout.e2e.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process of the orchestrator, on the database and the broker of a running shop. */
public final class SecondOrchestrator implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Process process;

    private SecondOrchestrator(Process process) {
        this.process = process;
    }

    /** Starts it, and returns when it shares the work. */
    static SecondOrchestrator start(HandOff handOff, Path log) {
        var started =
                new SecondOrchestrator(run(handOff, log, List.of("--server.port=0", "--management.server.port=0")));
        await("the second orchestrator to take over some partitions")
                .atMost(START_LIMIT)
                .until(() -> Files.readString(log).contains("checkout.replies-") || !started.process.isAlive());
        assertThat(started.process.isAlive()).as("it runs, see %s", log).isTrue();
        return started;
    }

    /** What the command {@code deploy-check} says about a running shop. */
    static String deployCheck(HandOff handOff, Path log) {
        var process = run(handOff, log, List.of("deploy-check"));
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES))
                    .as("deploy-check ends")
                    .isTrue();
            assertThat(process.exitValue()).as("exit code, see %s", log).isZero();
            return Files.readString(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while deploy-check runs", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process run(HandOff handOff, Path log, List<String> what) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                ExecutableJar.of(Part.ORCHESTRATOR).toString()));
        command.addAll(what);
        command.add("--spring.datasource.url=" + handOff.jdbcUrl(Part.ORCHESTRATOR));
        command.add("--spring.datasource.username=" + handOff.databaseUser());
        command.add("--spring.kafka.bootstrap-servers=" + handOff.kafka());
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPRING_DATASOURCE_PASSWORD", handOff.databasePassword());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the second orchestrator cannot be started", e);
        }
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
