package shop.checkout.e2e.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The launcher, started as {@code mvn -Prun} starts it; its output goes to a file. It stops when this JVM ends. */
public final class LauncherProcess {

    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private final Process process;
    private final Path log;

    private LauncherProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a launcher and returns at once. */
    public static LauncherProcess start(Path log, int port, Path data) {
        return start(log, port, data, Map.of());
    }

    /** @param environment that it hands on to all that it starts */
    static LauncherProcess start(Path log, int port, Path data, Map<String, String> environment) {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlauncher.home=" + HOME,
                "-classpath",
                System.getProperty("java.class.path"),
                "shop.checkout.launcher.Launcher",
                "--stop-with-parent",
                "--port=" + port + " --data=" + data);
        try {
            Files.createDirectories(log.getParent());
            Files.writeString(log, "", StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return new LauncherProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("the launcher cannot be started", e);
        }
    }

    /** Asks it to stop, as Ctrl-C or SIGTERM do. */
    public void terminate() {
        process.destroy();
    }

    /** The exit code; empty when it has not ended within the limit. */
    public Optional<Integer> awaitEnd(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                    ? Optional.of(process.exitValue())
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the launcher ends", e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** All that it has said. */
    public String said() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    /** Ends it by force; its children end with it. */
    void kill() {
        process.destroyForcibly();
    }
}
