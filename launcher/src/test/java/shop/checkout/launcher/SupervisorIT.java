package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.embedded.Ports;

class SupervisorIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final Diary diary = new Diary();
    private final Supervisor supervisor =
            new Supervisor(new RestartPolicy(1, Duration.ofMillis(10), Duration.ofMinutes(1)), STOP_LIMIT, diary);
    private Path jar;

    @BeforeEach
    void install() throws IOException {
        FakePart.install(folder, Map.of());
        jar = folder.resolve("sandbox/target/sandbox-1-exec.jar");
    }

    @AfterEach
    void stop() {
        supervisor.close();
    }

    @Test
    void givesUpOnAProgramThatKeepsDying() {
        Supervisor.await(supervisor.start(List.of(server()), LIMIT));

        diary.lives.peek().handle().destroyForcibly();
        await().atMost(LIMIT).until(() -> diary.ready.size() == 2);
        diary.ready.stream().skip(1).findFirst().orElseThrow().handle().destroyForcibly();

        await().atMost(LIMIT).until(() -> !diary.givenUp.isEmpty());
        assertThat(diary.givenUp).containsExactly("exit code 137");
        assertThat(diary.lives).hasSize(2);
    }

    @Test
    void startsNothingAgainThatItStopped() {
        Supervisor.await(supervisor.start(List.of(server()), LIMIT));

        supervisor.close();

        assertThat(diary.lives).hasSize(1).noneMatch(RunningProgram::isAlive);
        assertThat(diary.deaths).isEmpty();
    }

    @Test
    void endsByForceWhatDoesNotStop() {
        Supervisor.await(supervisor.start(List.of(deaf()), LIMIT));

        supervisor.close();

        assertThat(diary.lives).hasSize(1).noneMatch(RunningProgram::isAlive);
    }

    @Test
    void failsWithTheFirstThatCannotBeStarted() {
        var never = program("never", List.of("sh", "-c", "echo no luck; exit 7"));

        var start = supervisor.start(List.of(server(), never), LIMIT);

        assertThatThrownBy(() -> Supervisor.await(start))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("never ended while it was starting, with exit code 7")
                .hasMessageContaining("no luck");
    }

    @Test
    void failsWithAProgramThatTakesTooLong() {
        var slow = program("slow", List.of("sleep", "600"));

        var start = supervisor.start(List.of(slow), Duration.ofMillis(200));

        assertThatThrownBy(() -> Supervisor.await(start)).hasMessageContaining("slow was not ready within");
        await().atMost(LIMIT).until(() -> diary.lives.stream().noneMatch(RunningProgram::isAlive));
    }

    private Program server() {
        int port = Ports.free();
        return program("server", List.of(java(), "-jar", jar.toString(), "--port=" + port), port);
    }

    /** A JVM that leaves out its handlers for signals is ended by them at once; started with the signal ignored, it stays deaf. */
    private Program deaf() {
        int port = Ports.free();
        var script = "trap '' TERM; exec \"" + java() + "\" -Xrs -jar " + jar + " --port=" + port;
        return program("deaf", List.of("sh", "-c", script), port);
    }

    private Program program(String name, List<String> command) {
        return program(name, command, Ports.free());
    }

    private Program program(String name, List<String> command, int port) {
        var readiness = URI.create("http://127.0.0.1:" + port + "/health");
        return new Program(name, () -> command, Map.of(), readiness, folder.resolve(name + ".log"));
    }

    private static String java() {
        return System.getProperty("java.home") + "/bin/java";
    }

    /** Remembers what it heard. */
    private static final class Diary implements Watcher {
        private final Queue<RunningProgram> lives = new ConcurrentLinkedQueue<>();
        private final Queue<RunningProgram> ready = new ConcurrentLinkedQueue<>();
        private final Queue<Integer> deaths = new ConcurrentLinkedQueue<>();
        private final Queue<String> givenUp = new ConcurrentLinkedQueue<>();

        @Override
        public void started(RunningProgram program) {
            lives.add(program);
        }

        @Override
        public void ready(RunningProgram program, Duration after) {
            ready.add(program);
        }

        @Override
        public void died(RunningProgram program, int exitCode, Duration restartIn) {
            deaths.add(exitCode);
        }

        @Override
        public void givenUp(RunningProgram program, String reason) {
            givenUp.add(reason);
        }
    }
}
