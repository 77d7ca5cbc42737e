package shop.checkout.orchestrator.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import shop.checkout.orchestrator.api.CheckoutCounts;
import shop.checkout.orchestrator.api.CheckoutView;
import shop.checkout.orchestrator.api.Checkouts;
import shop.checkout.orchestrator.api.Checkouts.Filter;
import shop.checkout.web.PageRequest;

/**
 * Looks at the newest checkouts a few times a second for as long as somebody watches: one query a filter, however many watch.
 * Watchers ask for whatever is newer than what they have; who is slow skips what came in between, so nothing queues up.
 */
final class LiveFeed implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

    static final int ROWS = 60;
    static final int MAX_WATCHERS = 200;

    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration FRESH_FOR = Duration.ofSeconds(5);
    private static final PageRequest NEWEST = new PageRequest(ROWS, Optional.empty());

    /**
     * How things stood.
     *
     * @param number greater than that of every earlier one
     */
    record Snapshot(long number, CheckoutCounts.Counts counts, List<CheckoutView> rows) {

        boolean shows(Snapshot other) {
            return counts.equals(other.counts) && rows.equals(other.rows);
        }
    }

    private static final class Channel {
        private int watchers;
        private @Nullable Snapshot latest;
    }

    private final Checkouts checkouts;
    private final CheckoutCounts counts;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Condition watched = lock.newCondition();
    private final Map<Filter, Channel> channels = new EnumMap<>(Filter.class);
    private long number;
    private volatile Instant lookedAt = Instant.EPOCH;
    private volatile @Nullable Thread looker;

    LiveFeed(Checkouts checkouts, CheckoutCounts counts, Clock clock) {
        this.checkouts = checkouts;
        this.counts = counts;
        this.clock = clock;
    }

    /** Counts a watcher in; false when there are too many. Who was counted in must {@link #leave}. */
    boolean join(Filter filter) {
        lock.lock();
        try {
            if (!isRunning()
                    || channels.values().stream().mapToInt(it -> it.watchers).sum() >= MAX_WATCHERS) {
                return false;
            }
            channels.computeIfAbsent(filter, it -> new Channel()).watchers++;
            watched.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave(Filter filter) {
        lock.lock();
        try {
            var channel = channels.get(filter);
            if (channel != null && --channel.watchers == 0) {
                channels.remove(filter);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a snapshot newer than the one of that number, but no longer than told. */
    Optional<Snapshot> newerThan(long known, Filter filter, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (isRunning()) {
                var channel = channels.get(filter);
                if (channel != null && channel.latest != null && channel.latest.number > known) {
                    return Optional.of(channel.latest);
                }
                if (nanos <= 0) {
                    break;
                }
                nanos = news.awaitNanos(nanos);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the database has answered lately. */
    boolean isFresh() {
        return lookedAt.isAfter(clock.instant().minus(FRESH_FOR));
    }

    private void run() {
        try {
            while (isRunning()) {
                var pause = PAUSE;
                for (var filter : awaitWatchers()) {
                    pause = look(filter) ? pause : PAUSE_AFTER_FAILURE;
                }
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops
        }
    }

    private List<Filter> awaitWatchers() throws InterruptedException {
        lock.lock();
        try {
            while (channels.isEmpty()) {
                watched.await();
            }
            return List.copyOf(channels.keySet());
        } finally {
            lock.unlock();
        }
    }

    private boolean look(Filter filter) {
        try {
            var rows = checkouts.list(filter, NEWEST).items();
            publish(filter, new Snapshot(++number, counts.now(), rows));
            lookedAt = clock.instant();
            return true;
        } catch (RuntimeException e) {
            log.warn("The status page cannot look at the checkouts and will try again: {}", e.toString());
            return false;
        }
    }

    private void publish(Filter filter, Snapshot snapshot) {
        lock.lock();
        try {
            var channel = channels.get(filter);
            if (channel != null && (channel.latest == null || !snapshot.shows(channel.latest))) {
                channel.latest = snapshot;
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        var thread = Thread.ofPlatform().name("live-feed").daemon().unstarted(this::run);
        looker = thread;
        thread.start();
    }

    /** Sends everybody home. */
    @Override
    public void stop() {
        var thread = looker;
        looker = null;
        if (thread != null) {
            thread.interrupt();
        }
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return looker != null;
    }

    /** Stops first of all, before the web server waits for those who watch. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
