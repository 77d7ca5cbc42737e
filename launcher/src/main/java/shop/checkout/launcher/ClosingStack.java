package shop.checkout.launcher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What was started, to be stopped once and in reverse order, also while more is being started. Safe for several threads. */
final class ClosingStack implements AutoCloseable {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Consumer<String> complaints;
    private volatile boolean closed;

    ClosingStack(Consumer<String> complaints) {
        this.complaints = complaints;
    }

    /**
     * Remembers what was started.
     *
     * @throws LauncherException when everything was stopped meanwhile; the newcomer then is too
     */
    synchronized <T extends AutoCloseable> T push(T resource) {
        if (closed) {
            close(resource);
            throw new LauncherException("stopped while starting");
        }
        started.push(resource);
        return resource;
    }

    boolean isClosed() {
        return closed;
    }

    synchronized boolean isEmpty() {
        return started.isEmpty();
    }

    /** A failure to stop one thing is said and does not keep the others from being stopped. A second caller waits for the first. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!started.isEmpty()) {
            close(started.pop());
        }
    }

    private void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            complaints.accept(String.valueOf(e.getMessage()));
        }
    }
}
