package shop.checkout.launcher;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import shop.checkout.embedded.Children;
import shop.checkout.embedded.LogTail;

/** One life of a program, from its start to its end. */
final class RunningProgram {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PROBE_LIMIT)
            .build();

    private final Program program;
    private final Process process;

    private RunningProgram(Program program, Process process) {
        this.program = program;
        this.process = process;
    }

    /**
     * Starts the program in a session of its own; it dies with this JVM. Its output is added to its log.
     *
     * @throws LauncherException when the operating system refuses
     */
    static RunningProgram start(Program program) {
        try {
            Files.createDirectories(program.log().getParent());
            // KILL: without the launcher there is neither database nor Kafka to stop in good order with
            var builder = new ProcessBuilder(
                            Children.tied("KILL", program.command().get()))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(program.log().toFile()));
            builder.environment().putAll(program.environment());
            return new RunningProgram(program, Children.start(builder));
        } catch (IOException e) {
            throw new LauncherException(program.name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until the program does its work.
     *
     * @throws LauncherException when it ends before, or takes longer than the limit; with the tail of its log
     */
    void awaitReady(Duration limit) throws InterruptedException {
        var end = Instant.now().plus(limit);
        while (!endedWithin(POLL)) {
            if (isReady()) {
                return;
            }
            if (Instant.now().isAfter(end)) {
                throw failure("was not ready within " + limit.toSeconds() + " s");
            }
        }
        throw failure("ended while it was starting, with exit code " + process.exitValue());
    }

    /** Asks the program to stop, and ends it by force if it has not within the limit. */
    void stop(Duration limit) throws InterruptedException {
        process.destroy();
        if (!endedWithin(limit)) {
            process.destroyForcibly().waitFor();
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    Program program() {
        return program;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code. */
    CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    private boolean endedWithin(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean isReady() throws InterruptedException {
        var request =
                HttpRequest.newBuilder(program.readiness()).timeout(PROBE_LIMIT).build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** The end of its log. */
    String lastWords() {
        try {
            return LogTail.of(program.log());
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    private LauncherException failure(String what) {
        return new LauncherException(
                program.name() + " " + what + "; its log " + program.log() + " ends with:\n" + lastWords());
    }
}
