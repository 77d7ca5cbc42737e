package shop.checkout.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A program through its lives: the first start, and restarts when it dies without having been asked to. */
final class SupervisedProgram {
    private final Program program;
    private final RestartPolicy policy;
    private final Watcher watcher;
    private final Executor threads;
    private @Nullable RunningProgram life;
    private boolean closed;
    private int deaths;

    SupervisedProgram(Program program, RestartPolicy policy, Watcher watcher, Executor threads) {
        this.program = program;
        this.policy = policy;
        this.watcher = watcher;
        this.threads = threads;
    }

    /**
     * Starts the program and waits until it does its work; from then on it is watched.
     *
     * @throws LauncherException when it does not within the limit
     */
    void start(Duration limit) {
        var begun = Instant.now();
        var running = begin();
        awaitReady(running, limit);
        watcher.ready(running, Duration.between(begun, Instant.now()));
        var ready = Instant.now();
        var _ = running.ended().thenAcceptAsync(exitCode -> restart(running, exitCode, ready, limit), threads);
    }

    /** Asks the program to stop, by force after the limit, and keeps it stopped. */
    void stop(Duration limit) {
        RunningProgram running;
        synchronized (this) {
            closed = true;
            running = life;
            notifyAll();
        }
        if (running != null) {
            try {
                running.stop(limit);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized RunningProgram begin() {
        if (closed) {
            throw new LauncherException(program.name() + " was stopped before it was started");
        }
        var running = RunningProgram.start(program);
        life = running;
        watcher.started(running);
        return running;
    }

    private void awaitReady(RunningProgram running, Duration limit) {
        try {
            running.awaitReady(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted while " + program.name() + " was starting", e);
        } catch (LauncherException e) {
            running.kill();
            throw e;
        }
    }

    private void restart(RunningProgram dead, int exitCode, Instant readySince, Duration limit) {
        boolean forgiven = readySince.plus(policy.forgiveness()).isBefore(Instant.now());
        deaths = forgiven ? 1 : deaths + 1;
        var reason = "exit code " + exitCode;
        for (var pause = policy.pauseAfter(deaths); ; pause = policy.pauseAfter(++deaths)) {
            if (isClosed()) {
                return;
            }
            if (pause.isEmpty()) {
                watcher.givenUp(dead, reason);
                return;
            }
            watcher.died(dead, exitCode, pause.get());
            var failure = restartAfter(pause.get(), limit);
            if (failure.isEmpty()) {
                return;
            }
            reason = failure.get();
        }
    }

    private Optional<String> restartAfter(Duration pause, Duration limit) {
        try {
            if (!closedWithin(pause)) {
                start(limit);
            }
            return Optional.empty();
        } catch (LauncherException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean closedWithin(Duration pause) {
        var end = Instant.now().plus(pause);
        try {
            for (var left = pause; !closed && left.isPositive(); left = Duration.between(Instant.now(), end)) {
                wait(Math.max(1, left.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
        return closed;
    }
}
