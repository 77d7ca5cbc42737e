package shop.checkout.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Starts programs side by side, starts again those that die, and stops them together. */
final class Supervisor implements AutoCloseable {
    private final RestartPolicy policy;
    private final Duration stopLimit;
    private final Watcher watcher;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<SupervisedProgram> programs = new ArrayList<>();
    private boolean closed;

    Supervisor(RestartPolicy policy, Duration stopLimit, Watcher watcher) {
        this.policy = policy;
        this.stopLimit = stopLimit;
        this.watcher = watcher;
    }

    /**
     * Starts all, side by side. From the moment a program does its work it is watched, and started again when it dies.
     *
     * @return completes when all do their work, or with a {@link LauncherException} as soon as one of them cannot be started; the others may
     *     then still be starting, {@link #close} stops them
     */
    CompletableFuture<Void> start(List<Program> wanted, Duration limit) {
        var starts = wanted.stream()
                .map(this::supervised)
                .map(program -> CompletableFuture.runAsync(() -> program.start(limit), threads))
                .toList();
        var outcome = new CompletableFuture<Void>();
        starts.forEach(start -> start.exceptionally(failure -> {
            outcome.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
            return null;
        }));
        CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).thenRun(() -> outcome.complete(null));
        return outcome;
    }

    /**
     * Waits for starts.
     *
     * @throws LauncherException if one of them failed
     */
    static void await(CompletableFuture<Void> start) {
        try {
            start.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LauncherException sentence ? sentence : e;
        }
    }

    /** Stops all, side by side, those that do not stop in time by force. Nothing is started afterwards. */
    @Override
    public void close() {
        List<SupervisedProgram> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(programs);
        }
        CompletableFuture.allOf(all.stream()
                        .map(program -> CompletableFuture.runAsync(() -> program.stop(stopLimit), threads))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private synchronized SupervisedProgram supervised(Program program) {
        if (closed) {
            throw new LauncherException("stopped before " + program.name() + " was started");
        }
        var supervised = new SupervisedProgram(program, policy, watcher, threads);
        programs.add(supervised);
        return supervised;
    }
}
