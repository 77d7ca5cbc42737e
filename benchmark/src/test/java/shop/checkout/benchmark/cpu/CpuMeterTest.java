package shop.checkout.benchmark.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.embedded.Folders;

/** On a made-up {@code /proc}: a service, a PostgreSQL with a backend and a walsender, and somebody else's process. */
class CpuMeterTest {
    private static final long SERVICE = 10;
    private static final long POSTMASTER = 20;
    private static final long BACKEND = 21;
    private static final long WALSENDER = 22;
    private static final long STRANGER = 30;

    @TempDir
    Path proc;

    private CpuMeter meter;

    @BeforeEach
    void runAll() throws IOException {
        meter = meter(true);
        machine(1_000);
        process(SERVICE, 1, 100, 0, "java");
        process(POSTMASTER, 1, 50, 40, "/opt/bin/postgres -D cluster");
        process(BACKEND, POSTMASTER, 200, 0, "postgres: postgres payment 127.0.0.1(4711) idle");
        process(
                WALSENDER,
                POSTMASTER,
                300,
                0,
                "postgres: walsender postgres payment 127.0.0.1(4712) START_REPLICATION");
        process(STRANGER, 1, 400, 0, "somebody");
    }

    @Test
    void tellsWhatEachSpent() throws IOException {
        var before = meter.read();
        machine(1_100);
        process(SERVICE, 1, 107, 0, "java");
        process(BACKEND, POSTMASTER, 203, 0, "postgres: postgres payment 127.0.0.1(4711) COMMIT");
        process(
                WALSENDER,
                POSTMASTER,
                302,
                0,
                "postgres: walsender postgres payment 127.0.0.1(4712) START_REPLICATION");
        process(STRANGER, 1, 500, 0, "somebody");

        var after = meter.read();

        assertThat(after.since(before).processes())
                .containsOnly(
                        Map.entry("orchestrator", ticks(7)),
                        Map.entry("PostgreSQL backends: payment", ticks(3)),
                        Map.entry("PostgreSQL backends: ended", Cpu.ZERO),
                        Map.entry("PostgreSQL walsenders", ticks(2)),
                        Map.entry("PostgreSQL background", Cpu.ZERO));
        assertThat(after.since(before).machine()).isEqualTo(ticks(100));
    }

    @Test
    void countsChildrenOfAService() throws IOException {
        var before = meter.read();
        process(11, SERVICE, 5, 0, "helper");
        process(12, 11, 6, 0, "helper of the helper");

        assertThat(meter.read().since(before).processes()).containsEntry("orchestrator", ticks(11));
    }

    @Test
    void countsWhatAnEndedBackendSpentSinceTheFirstReading() throws IOException {
        var before = meter.read();
        Folders.delete(proc.resolve(Long.toString(BACKEND)));
        process(POSTMASTER, 1, 50, 40 + 200 + 9, "/opt/bin/postgres -D cluster");

        assertThat(meter.read().since(before).processes()).containsEntry("PostgreSQL backends: ended", ticks(9));
    }

    @Test
    void countsANewBackendInFull() throws IOException {
        var before = meter.read();
        process(23, POSTMASTER, 8, 0, "postgres: postgres shipping 127.0.0.1(4713) idle");

        assertThat(meter.read().since(before).processes()).containsEntry("PostgreSQL backends: shipping", ticks(8));
    }

    @Test
    void tellsWhatTheThreadsOfAServiceSpentByTheirKind() throws IOException {
        thread(SERVICE, 101, "ForkJoinPool-1-", 40);
        thread(SERVICE, 102, "ForkJoinPool-1-", 50);
        thread(SERVICE, 103, "relay-publish", 5);
        thread(BACKEND, BACKEND, "postgres", 200);
        var before = meter.read();
        process(SERVICE, 1, 100 + 12, 0, "java");
        thread(SERVICE, 101, "ForkJoinPool-1-", 43);
        thread(SERVICE, 102, "ForkJoinPool-1-", 54);
        thread(SERVICE, 104, "C1 CompilerThre", 2);

        assertThat(meter.read().since(before).threads())
                .isEqualTo(Map.of(
                        "orchestrator",
                        Map.of(
                                "ForkJoinPool",
                                ticks(7),
                                "relay-publish",
                                ticks(0),
                                "C1 CompilerThre",
                                ticks(2),
                                Spent.ENDED_THREADS,
                                ticks(3))));
    }

    @Test
    void countsWhatAnEndedThreadSpentSinceTheFirstReading() throws IOException {
        thread(SERVICE, 101, "main", 40);
        thread(SERVICE, 102, "sweep-0", 50);
        var before = meter.read();
        process(SERVICE, 1, 100 + 9, 0, "java");
        Folders.delete(proc.resolve(SERVICE + "/task/102"));

        assertThat(meter.read().since(before).threads())
                .isEqualTo(Map.of("orchestrator", Map.of("main", ticks(0), Spent.ENDED_THREADS, ticks(9))));
    }

    @Test
    void isNotMisledByAThreadIdThatIsGivenOutAgain() throws IOException {
        thread(SERVICE, 101, "sweep-0", 40, 99);
        var before = meter.read();
        process(SERVICE, 1, 100 + 3, 0, "java");
        thread(SERVICE, 101, "sweep-1", 2, 100);

        assertThat(meter.read().since(before).threads())
                .isEqualTo(Map.of("orchestrator", Map.of("sweep", ticks(2), Spent.ENDED_THREADS, ticks(1))));
    }

    @Test
    void readsNoThreadsUnlessAsked() throws IOException {
        thread(SERVICE, 101, "main", 40);
        meter = meter(false);

        assertThat(meter.read().since(meter.read()).threads()).isEmpty();
    }

    private CpuMeter meter(boolean byThread) {
        return new CpuMeter(proc, Map.of(SERVICE, "orchestrator"), POSTMASTER, byThread);
    }

    private static Cpu ticks(long user) {
        return new Cpu(Duration.ofMillis(10 * user), Duration.ZERO);
    }

    private void machine(long user) throws IOException {
        Files.writeString(proc.resolve("stat"), "cpu  " + user + " 0 0 5 5 0 0 0 0 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
    }

    private void process(long pid, long parent, long user, long ended, String title) throws IOException {
        var folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
        Files.writeString(folder.resolve("stat"), stat(pid, "x", parent, user, ended, 99));
        Files.writeString(folder.resolve("cmdline"), title.replace(' ', '\0'));
    }

    private void thread(long pid, long id, String name, long user) throws IOException {
        thread(pid, id, name, user, 99);
    }

    private void thread(long pid, long id, String name, long user, long started) throws IOException {
        var folder = Files.createDirectories(proc.resolve(pid + "/task/" + id));
        Files.writeString(folder.resolve("stat"), stat(id, name, 1, user, 0, started));
    }

    private static String stat(long id, String name, long parent, long user, long ended, long started) {
        return "%d (%s) S %d 0 0 0 0 0 0 0 0 0 %d 0 %d 0 20 0 1 0 %d 0"
                .formatted(id, name, parent, user, ended, started);
    }
}
