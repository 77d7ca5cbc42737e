package shop.checkout.orchestrator.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.UnreadableMessage;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.saga.SagaStatus;

/**
 * Lets requests wait for a saga to get somewhere, whichever replica moves it. One query looks at all awaited ones at
 * once, many times a second, and one more reads those that have got there; nobody waiting costs nothing. Thread-safe; meant
 * for virtual threads, since callers block.
 *
 * @param <V> how sagas of its kind are shown
 */
final class SagaWatch<V> implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SagaWatch.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** The watch keeps at most a tenth of a database connection busy. */
    private static final int IDLE_SHARE = 9;

    private static final String LOOK = "select id, status, revision from saga where id = any(?::uuid[])";

    /** How far a saga has got. */
    record Standing(SagaId id, SagaStatus status, long revision) {}

    private record Waiter<V>(SagaId id, Predicate<Standing> until, CompletableFuture<V> reached) {}

    /** Reads those that there are, in one round trip. */
    @FunctionalInterface
    interface Reader<V> {
        Map<SagaId, V> find(Collection<SagaId> ids);
    }

    private final JdbcTemplate jdbc;
    private final Reader<V> reader;
    private final BlockingQueue<Waiter<V>> arrivals = new LinkedBlockingQueue<>();
    private final ConcurrentHashMap.KeySetView<Waiter<V>, Boolean> waiters = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread watcher;

    SagaWatch(JdbcTemplate jdbc, Reader<V> reader) {
        this.jdbc = jdbc;
        this.reader = reader;
    }

    /**
     * Returns when the saga has got where the caller wants it, when the time is up, or when the service stops; then empty.
     *
     * @param until must become true for good; it may never see what the saga only passes through
     */
    Optional<V> await(SagaId id, Predicate<Standing> until, Duration atMost) {
        var waiter = new Waiter<V>(id, until, new CompletableFuture<>());
        arrivals.add(waiter);
        if (watcher == null) {
            waiter.reached.cancel(false); // after the queue was last emptied, or just before it is
        }
        try {
            return Optional.of(waiter.reached.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException | java.util.concurrent.CancellationException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiter.reached.cancel(false);
        }
    }

    private void watch() {
        try {
            while (watcher == Thread.currentThread()) {
                if (waiters.isEmpty()) {
                    waiters.add(arrivals.take());
                }
                arrivals.drainTo(waiters);
                waiters.removeIf(waiter -> waiter.reached.isDone());
                long began = System.nanoTime();
                lookSafely();
                TimeUnit.NANOSECONDS.sleep(pauseAfter(System.nanoTime() - began));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops
        }
    }

    private static long pauseAfter(long lookNanos) {
        return Math.clamp(IDLE_SHARE * lookNanos, SHORTEST_PAUSE.toNanos(), LONGEST_PAUSE.toNanos());
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            log.warn("Cannot look at {} awaited sagas and will try again: {}", waiters.size(), e.toString());
        }
    }

    private void look() {
        var present = List.copyOf(waiters);
        if (present.isEmpty()) {
            return;
        }
        var standings = standings(present);
        var there = present.stream()
                .filter(waiter -> Optional.ofNullable(standings.get(waiter.id))
                        .filter(waiter.until)
                        .isPresent())
                .toList();
        try {
            var views = reader.find(there.stream().map(Waiter::id).collect(Collectors.toSet()));
            there.forEach(waiter -> Optional.ofNullable(views.get(waiter.id)).ifPresent(waiter.reached::complete));
        } catch (UnreadableMessage e) {
            there.forEach(waiter -> waiter.reached.cancel(false)); // each reads its own, so that one costs only itself
        }
    }

    private Map<SagaId, Standing> standings(List<Waiter<V>> present) {
        var ids =
                present.stream().map(waiter -> waiter.id.toString()).distinct().toArray(String[]::new);
        return jdbc.query(LOOK, SagaWatch::standing, (Object) ids).stream()
                .collect(Collectors.toMap(Standing::id, it -> it));
    }

    private static Standing standing(ResultSet row, int index) throws SQLException {
        return new Standing(
                SagaId.parse(row.getString("id")),
                SagaStatus.valueOf(row.getString("status")),
                row.getLong("revision"));
    }

    @Override
    public void start() {
        var thread = Thread.ofPlatform().name("saga-watch").daemon().unstarted(this::watch);
        watcher = thread;
        thread.start();
    }

    /** Sends everybody home with what there is. */
    @Override
    public void stop() {
        var thread = watcher;
        watcher = null;
        if (thread != null) {
            thread.interrupt();
            joinSafely(thread);
        }
        var left = new ArrayList<>(waiters);
        arrivals.drainTo(left);
        left.forEach(waiter -> waiter.reached.cancel(false));
        waiters.clear();
    }

    private static void joinSafely(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return watcher != null;
    }

    /** Stops first of all, before the web server waits for the requests that wait here. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
