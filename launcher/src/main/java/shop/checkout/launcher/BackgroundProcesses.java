package shop.checkout.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import shop.checkout.embedded.Children;
import shop.checkout.embedded.LogTail;

/** The processes of a training run: they leave most of the machine to others and can all be ended at once. */
final class BackgroundProcesses implements Watcher {
    /**
     * A third of an ordinary session's share. With the least, 19, forced writes of PostgreSQL and Kafka took seconds meanwhile: it seems that
     * they wait for these processes, which wait for the processor in the middle of writing files.
     */
    private static final String SHARE = "5";

    private final ProcessRecord record;
    private final List<ProcessHandle> processes = new ArrayList<>();
    private boolean killed;

    BackgroundProcesses(ProcessRecord record) {
        this.record = record;
    }

    /**
     * Runs a command to its end.
     *
     * @throws IOException when it fails, with what it said
     */
    void complete(List<String> command, Path log) throws IOException, InterruptedException {
        var process = Children.start(new ProcessBuilder(Children.tied("KILL", command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
        add("training", process.toHandle());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + LogTail.of(log));
        }
    }

    /** Ends all, and whatever is started from now on. */
    synchronized void kill() {
        killed = true;
        processes.forEach(ProcessHandle::destroyForcibly);
    }

    synchronized boolean isKilled() {
        return killed;
    }

    @Override
    public void started(RunningProgram program) {
        add("training-" + program.program().name(), program.handle());
    }

    @Override
    public void ready(RunningProgram program, Duration after) {
        // nobody waits for it
    }

    @Override
    public void died(RunningProgram program, int exitCode, Duration restartIn) {
        // never started again
    }

    @Override
    public void givenUp(RunningProgram program, String reason) {
        // shows when its cache is missing
    }

    private synchronized void add(String name, ProcessHandle process) {
        record.add(name, process);
        processes.add(process);
        if (killed) {
            process.destroyForcibly();
        }
        yieldToOtherSessions(process);
    }

    /** Where Linux shares the processor among sessions first, niceness counts only within one; sched(7), autogroup. */
    private static void yieldToOtherSessions(ProcessHandle process) {
        try {
            Files.writeString(Path.of("/proc/" + process.pid() + "/autogroup"), SHARE);
        } catch (IOException _) {
            // no such thing on this system
        }
    }
}
