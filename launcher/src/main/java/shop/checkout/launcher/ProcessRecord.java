package shop.checkout.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The processes a launcher started, on file, so that the next launcher can end those that outlived it.
 *
 * <p>Where the kernel ties children to their parent none ever does. A process counts as the recorded one only if it was also started
 * at the recorded time, because process ids are given out again.
 */
final class ProcessRecord {
    /** The start time is computed from the clock, which may be set meanwhile. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Path file;

    ProcessRecord(Path data) {
        this.file = data.resolve("processes");
    }

    /** Adds a process that was just started. */
    synchronized void add(String name, ProcessHandle process) {
        var started = process.info().startInstant();
        if (started.isEmpty()) {
            return; // it has ended already
        }
        var line = name + " " + process.pid() + " " + started.get().toEpochMilli() + "\n";
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new LauncherException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Ends by force what still runs of the recorded processes, forgets all, and returns the names of those ended. */
    List<String> endLeftovers() {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            var ended = Files.readAllLines(file).stream()
                    .map(line -> line.split(" "))
                    .filter(words -> words.length == 3)
                    .flatMap(words -> find(words[1], words[2]).stream().map(process -> end(words[0], process)))
                    .toList();
            Files.delete(file);
            return ended;
        } catch (IOException e) {
            throw new LauncherException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<ProcessHandle> find(String pid, String startedMillis) {
        var started = Instant.ofEpochMilli(Long.parseLong(startedMillis));
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(process -> process.info()
                        .startInstant()
                        .filter(actual ->
                                Duration.between(actual, started).abs().compareTo(TOLERANCE) < 0)
                        .isPresent());
    }

    private static String end(String name, ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
        return name + " (process " + process.pid() + ")";
    }
}
