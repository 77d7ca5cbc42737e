package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A launcher started as a user does, in a process of its own. */
final class LauncherProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final Path data;
    private final Path output;

    private LauncherProcess(Process process, Path data, Path output) {
        this.process = process;
        this.data = data;
        this.output = output;
    }

    static LauncherProcess start(Path home, Path data, String... options) throws IOException {
        return start(List.of(), home, data, options);
    }

    /** Behind other words on the command line, like a shell. */
    static LauncherProcess start(List<String> prefix, Path home, Path data, String... options) throws IOException {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlauncher.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                "--data=" + data));
        command.addAll(List.of(options));
        var output = Files.createTempFile(home, "launcher", ".out");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new LauncherProcess(process, data, output);
    }

    LauncherProcess awaitReady() {
        await().atMost(LIMIT)
                .failFast("launcher ended", () -> !process.isAlive())
                .until(() -> Files.exists(file()) && isOfThisLauncher());
        return this;
    }

    /** Not a file that a killed launcher left. */
    private boolean isOfThisLauncher() {
        long pid = Long.parseLong(property("launcher.pid"));
        return process.pid() == pid || process.children().anyMatch(child -> child.pid() == pid);
    }

    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("launcher ended")
                .isTrue();
        return process.exitValue();
    }

    int stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    Process process() {
        return process;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    String property(String key) {
        try {
            var properties = new Properties();
            properties.load(new StringReader(Files.readString(file())));
            return properties.getProperty(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessHandle part(Part part) {
        return ProcessHandle.of(Long.parseLong(property(part.module() + ".pid")))
                .orElseThrow();
    }

    List<ProcessHandle> parts() {
        return List.of(Part.values()).stream().map(this::part).toList();
    }

    /** PostgreSQL's process. */
    ProcessHandle postgres() throws IOException {
        var pid = Files.readAllLines(data.resolve("postgresql/cluster/postmaster.pid"))
                .getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            stop();
        }
    }

    private Path file() {
        return data.resolve("launcher.properties");
    }
}
