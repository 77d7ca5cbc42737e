package shop.checkout.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says about the server that runs, or ran, on a cluster folder.
 *
 * @param lines the file's lines: process id, folder, start, port, socket folder, address, shared memory, status; empty if there is no file
 */
record Postmaster(List<String> lines) {
    private static final int STATUS_LINE = 7;

    static Postmaster of(Path cluster) throws IOException {
        try {
            return new Postmaster(Files.readAllLines(file(cluster)));
        } catch (NoSuchFileException _) {
            return new Postmaster(List.of());
        }
    }

    static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** The server of this process id takes connections. */
    boolean isReady(long pid) {
        return lines.size() > STATUS_LINE
                && lines.getFirst().strip().equals(Long.toString(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /** The recorded process still runs and is a PostgreSQL on this folder. */
    boolean isRunning(Path cluster) {
        return process()
                .flatMap(process -> process.info().commandLine())
                .filter(command -> command.contains("postgres") && command.contains(cluster.toString()))
                .isPresent();
    }

    /** The recorded process id was given to another program since; PostgreSQL would take that for itself and refuse to start. */
    boolean isOfStranger(Path cluster) {
        return process().isPresent() && !isRunning(cluster);
    }

    private Optional<ProcessHandle> process() {
        return lines.stream()
                .findFirst()
                .map(line -> Long.parseLong(line.strip()))
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive);
    }
}
