package shop.checkout.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the gauges, on every replica: that nobody publishes must be seen as well; and on the one that publishes looks at the standbys.
 * A query or two every few seconds, on a connection of its own.
 */
final class Observer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(3);

    private final Database database;
    private final String slot;
    private final RelayMetrics metrics;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    Observer(Database database, String slot, RelayMetrics metrics) {
        this.database = database;
        this.slot = slot;
        this.metrics = metrics;
        this.thread = Thread.ofPlatform().name("relay-observe").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (closing.getCount() > 0) {
            try (var connection = database.connect("relay gauges", CALL_LIMIT)) {
                observe(connection);
            } catch (SQLException e) {
                metrics.observed(null);
                LOG.debug("relay {} cannot be observed", slot, e);
                pause();
            }
        }
    }

    private void observe(Connection connection) throws SQLException {
        var standbys = new Standbys(connection, slot);
        do {
            boolean leading = metrics.token() > 0;
            metrics.observed(Observation.read(connection, slot, leading));
            if (leading) {
                standbys.look();
            } else {
                standbys.forget();
            }
        } while (!pause());
    }

    /** True when this observer is being closed. */
    private boolean pause() {
        try {
            return closing.await(EVERY.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            closing.countDown(); // nobody but a JVM that goes down interrupts this thread
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CALL_LIMIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
