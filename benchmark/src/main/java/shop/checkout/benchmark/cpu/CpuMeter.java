package shop.checkout.benchmark.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what processes have spent, with all that they have started, and what the whole machine has. Linux only: it reads {@code /proc}.
 *
 * <p>A descendant goes under the label of the nearest of ours above it; those of PostgreSQL go by what they do.
 */
public final class CpuMeter {
    private final Path proc;
    private final Map<Long, String> labels;
    private final long postmaster;
    private final boolean byThread;

    /**
     * @param labels what to call processes, by their ids
     * @param byThread whether the threads of those are read as well
     */
    public CpuMeter(Map<Long, String> labels, long postmaster, boolean byThread) {
        this(Path.of("/proc"), labels, postmaster, byThread);
    }

    CpuMeter(Path proc, Map<Long, String> labels, long postmaster, boolean byThread) {
        this.proc = proc;
        this.labels = Map.copyOf(labels);
        this.postmaster = postmaster;
        this.byThread = byThread;
    }

    public Reading read() {
        var all = processes();
        var accounts = new HashMap<ProcessStat.Id, Reading.Account>();
        var ended = new HashMap<String, Cpu>();
        var threads = new HashMap<ProcessStat.Id, Reading.ThreadAccount>();
        for (var process : all.values()) {
            label(process, all).ifPresent(label -> {
                accounts.put(process.id(), new Reading.Account(label, process.own()));
                ended.merge(endedLabel(label), process.ended(), Cpu::plus);
                if (byThread && labels.containsValue(label)) {
                    threads(process).forEach(thread -> threads.put(thread.id(), account(label, thread)));
                }
            });
        }
        return new Reading(accounts, ended, threads, machine());
    }

    /** Ended backends have no title any more. */
    static String endedLabel(String label) {
        return label.startsWith("PostgreSQL") ? PostgresTitle.ENDED : label;
    }

    private Optional<String> label(ProcessStat process, Map<Long, ProcessStat> all) {
        for (var it = process; it != null; it = all.get(it.parent())) {
            if (it.id().pid() == postmaster) {
                return Optional.of(PostgresTitle.label(title(process.id().pid())));
            }
            var label = labels.get(it.id().pid());
            if (label != null) {
                return Optional.of(label);
            }
        }
        return Optional.empty();
    }

    private static Reading.ThreadAccount account(String label, ProcessStat thread) {
        return new Reading.ThreadAccount(label, ThreadName.family(thread.name()), thread.own());
    }

    private Map<Long, ProcessStat> processes() {
        try {
            return stats(proc);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the processes in " + proc, e);
        }
    }

    /** None when the process has ended. */
    private Collection<ProcessStat> threads(ProcessStat process) {
        try {
            return stats(proc.resolve(process.id().pid() + "/task")).values();
        } catch (IOException | DirectoryIteratorException _) {
            return List.of();
        }
    }

    private static Map<Long, ProcessStat> stats(Path folder) throws IOException {
        try (var entries = Files.newDirectoryStream(folder, "[0-9]*")) {
            var all = new HashMap<Long, ProcessStat>();
            for (var entry : entries) {
                content(entry.resolve("stat"))
                        .map(ProcessStat::parse)
                        .ifPresent(stat -> all.put(stat.id().pid(), stat));
            }
            return all;
        }
    }

    private String title(long pid) {
        return content(proc.resolve(pid + "/cmdline")).orElse("").replace('\0', ' ');
    }

    private Cpu machine() {
        return content(proc.resolve("stat"))
                .flatMap(text -> text.lines().findFirst())
                .map(MachineStat::parse)
                .orElseThrow(() -> new IllegalStateException("there is no " + proc.resolve("stat")))
                .busy();
    }

    /** Empty when there is no such file (any more): processes come and go. */
    private static Optional<String> content(Path file) {
        try (var lines = Files.newInputStream(file)) {
            return Optional.of(new String(lines.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
