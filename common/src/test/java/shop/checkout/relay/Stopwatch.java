package shop.checkout.relay;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/** Notes in a thread of its own when each message arrives. */
final class Stopwatch implements AutoCloseable {

    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    Stopwatch(String topic) {
        thread = Thread.ofPlatform().name("stopwatch").start(() -> run(topic));
    }

    private void run(String topic) {
        try (var reader = new TopicReader(topic)) {
            while (!closed) {
                var batch = reader.poll();
                long now = System.nanoTime();
                batch.forEach(record -> arrivals.put(TopicReader.name(record), now));
            }
        }
    }

    /** When it arrived, by {@link System#nanoTime}. */
    long arrival(String name) {
        while (!arrivals.containsKey(name)) {
            Thread.onSpinWait();
            if (closed) {
                throw new IllegalStateException("closed");
            }
            java.util.concurrent.locks.LockSupport.parkNanos(200_000);
        }
        return arrivals.get(name);
    }

    @Override
    public void close() {
        closed = true;
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !thread.isAlive());
    }
}
