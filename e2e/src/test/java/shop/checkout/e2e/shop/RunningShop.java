package shop.checkout.e2e.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * The whole system on this machine, started by its launcher as a user would, with ports and a data folder of its own.
 *
 * <p>Its processes can be killed; the launcher starts them again. {@link #stop} ends it in good order and insists that
 * nothing is left running; {@link #start} goes on with the same data.
 */
public final class RunningShop {

    private static final Duration START_LIMIT = Duration.ofMinutes(8);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);
    /** Exit code of a JVM that was asked to end by SIGTERM. */
    private static final int TERMINATED = 143;
    /** The highest port that the launcher uses above the base port. */
    private static final int SPAN = 13;

    private final Path folder;
    private final int port;
    private int starts;
    private final TraceReceiver traces = new TraceReceiver();
    private Optional<LauncherProcess> launcher = Optional.empty();

    /** @param folder for data and logs; made if absent */
    RunningShop(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.port = freePorts();
    }

    /** Starts the system, or starts it again, and returns when it is ready. */
    public void start() {
        var log = folder.resolve("launcher-" + ++starts + ".log");
        var starting = LauncherProcess.start(log, port, data(), traces.environment());
        launcher = Optional.of(starting);
        await("the launcher's launcher.properties")
                .atMost(START_LIMIT)
                .until(() -> HandOff.in(data()).isPresent() || !starting.isAlive());
        assertThat(starting.isAlive())
                .as("the launcher ended:\n%s", starting.said())
                .isTrue();
    }

    /** Waits until the launcher has made its start cache, or failed to, and no longer competes for the machine. */
    public void awaitStartCache() {
        await("the start cache")
                .atMost(START_LIMIT)
                .until(() -> launcher.stream()
                        .allMatch(it ->
                                starts > 1 || it.said().toLowerCase(Locale.ROOT).contains("start cache")));
    }

    /** Ends the system by SIGTERM to the launcher; afterwards no process is left. */
    public void stop() {
        if (launcher.isEmpty()) {
            return;
        }
        var stopping = launcher.get();
        launcher = Optional.empty();
        stopping.terminate();
        var exit = stopping.awaitEnd(STOP_LIMIT);
        if (exit.isEmpty()) {
            stopping.kill();
        }
        assertThat(exit)
                .as("exit code of the launcher, which said:\n%s", stopping.said())
                .contains(TERMINATED);
        assertThat(processes()).as("processes left running").isEmpty();
    }

    /** Ends a process at once, as a crash would (SIGKILL). The launcher starts another one. */
    public Killed kill(Part part) {
        long pid = handOff().pid(part);
        var process =
                ProcessHandle.of(pid).orElseThrow(() -> new AssertionError(part + " should run as process " + pid));
        process.destroyForcibly();
        process.onExit().join();
        return new Killed(this, part, pid);
    }

    /** Stops a process from running until what is returned is closed (SIGSTOP, SIGCONT). */
    public Paused pause(Part part) {
        long pid = handOff().pid(part);
        signal("STOP", pid);
        return new Paused(pid);
    }

    /** A process that does nothing. */
    public record Paused(long pid) implements AutoCloseable {
        @Override
        public void close() {
            signal("CONT", pid);
        }
    }

    private static void signal(String signal, long pid) {
        try {
            var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO();
            assertThat(kill.start().waitFor())
                    .as("exit code of %s", kill.command())
                    .isZero();
        } catch (IOException e) {
            throw new AssertionError("process " + pid + " should take a signal", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("process " + pid + " should take a signal", e);
        }
    }

    /** A process that was killed. */
    public record Killed(RunningShop shop, Part part, long pid) {
        /** Waits until the launcher has started another one and that one is ready. */
        public void awaitRestart() {
            await(part + " to be started again")
                    .atMost(START_LIMIT)
                    .until(() -> shop.handOff().pid(part) != pid);
            await(part + " to be ready")
                    .atMost(START_LIMIT)
                    .until(() -> shop.http().isReady(part));
        }
    }

    /** Another orchestrator beside the launcher's own. */
    public SecondOrchestrator secondOrchestrator() {
        return SecondOrchestrator.start(handOff(), folder.resolve("second-orchestrator.log"));
    }

    /** What this build's orchestrator would say before it took over. */
    public String deployCheck() {
        return SecondOrchestrator.deployCheck(handOff(), folder.resolve("deploy-check.log"));
    }

    /** Watches it, until what is returned is closed. */
    public Prometheus prometheus(Path program) {
        return Prometheus.start(program, handOff(), folder.resolve("prometheus"));
    }

    public Api api() {
        return new Api(http());
    }

    public Http http() {
        return new Http(this::handOff);
    }

    public Databases databases() {
        return new Databases(handOff());
    }

    /** What its services have told of requests that came with a sampled traceparent; of no others. */
    public TraceReceiver traces() {
        return traces;
    }

    public Topics topics() {
        return new Topics(handOff().kafka());
    }

    public int port() {
        return port;
    }

    public Path data() {
        return folder.resolve("data");
    }

    public Path folder() {
        return folder;
    }

    private HandOff handOff() {
        return HandOff.in(data()).orElseThrow(() -> new AssertionError("the shop in " + folder + " is not running"));
    }

    /** The command lines of all processes that name the data folder. */
    public List<String> processes() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(data().toString()))
                .toList();
    }

    private static int freePorts() {
        return ThreadLocalRandom.current()
                .ints(1_000, 10_000, 19_900)
                .filter(base -> IntStream.rangeClosed(base, base + SPAN).allMatch(RunningShop::isFree))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no block of free ports"));
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
