package shop.checkout.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs PostgreSQL's own programs (initdb, postgres, pg_ctl) on one folder. */
final class PostgresServer {
    static final String SUPERUSER = "postgres";

    /** Long enough for the recovery after a crash under full load. */
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    /** A fast stop waits until replication clients have read everything, and they may be dead. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private static final Duration STATUS_INTERVAL = Duration.ofMillis(20);

    private final Path home;
    private final Path cluster;
    private final PostgresBinaries binaries;
    private @Nullable Process process;

    PostgresServer(Path home, PostgresBinaries binaries) {
        this.home = home;
        this.cluster = home.resolve("cluster");
        this.binaries = binaries;
    }

    /** Leaves a cluster on which no server runs: made if absent, a server left over from a killed JVM stopped. */
    void prepare() throws IOException {
        if (Files.isDirectory(cluster)) {
            stopLeftover();
        } else {
            initialize();
        }
    }

    void stopLeftover() throws IOException {
        var postmaster = Postmaster.of(cluster);
        if (postmaster.isRunning(cluster)) {
            stopByControlProgram();
        } else if (postmaster.isOfStranger(cluster)) {
            Files.deleteIfExists(Postmaster.file(cluster));
        }
    }

    void run(int port) throws IOException {
        var command = new ArrayList<>(List.of(binaries.program("postgres"), "-D", cluster.toString()));
        EmbeddedPostgres.settings(port).forEach(setting -> command.addAll(List.of("-c", setting)));
        // INT: a fast and clean stop should this JVM be killed
        var server = Children.start(program(Children.tied("INT", command)));
        process = server;
        var limit = Instant.now().plus(START_LIMIT);
        while (!Postmaster.of(cluster).isReady(server.pid())) {
            if (exitedWithin(server, STATUS_INTERVAL)) {
                throw failure("PostgreSQL ended while it was starting on port " + port);
            }
            if (Instant.now().isAfter(limit)) {
                stop();
                throw failure("PostgreSQL was not ready within " + START_LIMIT);
            }
        }
    }

    void stop() throws IOException {
        var running = process;
        if (running != null && running.isAlive()) {
            stopByControlProgram();
            if (!exitedWithin(running, STOP_LIMIT)) {
                running.destroyForcibly();
            }
        }
    }

    CompletableFuture<Void> ended() {
        var running = process;
        return running == null
                ? CompletableFuture.completedFuture(null)
                : running.onExit().thenApply(_ -> null);
    }

    Path log() {
        return home.resolve("postgresql.log");
    }

    String password() throws IOException {
        return Files.readString(passwordFile()).strip();
    }

    private Path passwordFile() {
        return home.resolve("password");
    }

    /** Makes the cluster beside its place and renames it, so that a half made one is never used. */
    private void initialize() throws IOException {
        var making = home.resolve("cluster.new");
        Folders.delete(making);
        writePassword();
        execute(List.of(
                binaries.program("initdb"),
                "--pgdata=" + making,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-locale",
                "--no-instructions"));
        Files.move(making, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private void writePassword() throws IOException {
        Files.deleteIfExists(passwordFile());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(passwordFile(), ownerOnly);
        var password = new byte[16];
        new SecureRandom().nextBytes(password);
        Files.writeString(passwordFile(), HexFormat.of().formatHex(password) + "\n");
    }

    /** Fast first; then at once, which costs a recovery at the next start but no data. */
    private void stopByControlProgram() throws IOException {
        var stop = List.of(binaries.program("pg_ctl"), "stop", "-D", cluster.toString(), "-w", "-m");
        try {
            execute(Children.prefixed(stop, List.of("fast", "-t", Long.toString(STOP_LIMIT.toSeconds()))));
        } catch (IllegalStateException e) {
            if (Postmaster.of(cluster).isRunning(cluster)) {
                execute(Children.prefixed(stop, List.of("immediate")));
            }
        }
    }

    private void execute(List<String> command) throws IOException {
        var running = Children.start(program(Children.tied("KILL", command)));
        try {
            if (running.waitFor() != 0) {
                throw failure(
                        Path.of(command.getFirst()).getFileName() + " failed with exit code " + running.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.getFirst(), e);
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace root is nobody, yet the same owner of its files. */
    ProcessBuilder program(List<String> command) throws IOException {
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        var builder = new ProcessBuilder(root ? Children.prefixed(List.of("unshare", "-U"), command) : command);
        builder.environment().put("LC_ALL", "C");
        return builder.directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private IllegalStateException failure(String what) throws IOException {
        return new IllegalStateException(what + "; its log " + log() + " ends with:\n" + LogTail.of(log()));
    }

    private static boolean exitedWithin(Process process, Duration limit) throws IOException {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for process " + process.pid(), e);
        }
    }
}
