package shop.checkout.relay;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Writes rows named {@code 1}, {@code 2} and so on, all of one saga, one transaction each, until it is told to end. */
final class Load implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(2);

    private final OutboxFixture fixture;
    private final CompletableFuture<Void> writing;
    private volatile int written;
    private volatile boolean over;

    Load(OutboxFixture fixture) {
        this.fixture = fixture;
        this.writing = CompletableFuture.runAsync(
                this::write, task -> Thread.ofPlatform().name("load").start(task));
    }

    private void write() {
        var saga = UUID.randomUUID();
        try (var connection = fixture.connect()) {
            while (!over) {
                fixture.insert(connection, saga, Integer.toString(written + 1), "{}");
                written++;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    int written() {
        return written;
    }

    /** Ends, and returns the names of all rows in the order of their commits. */
    List<String> end() {
        over = true;
        writing.join();
        return IntStream.rangeClosed(1, written).mapToObj(Integer::toString).toList();
    }

    @Override
    public void close() {
        end();
    }
}
