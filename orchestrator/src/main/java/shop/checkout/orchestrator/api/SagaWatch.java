package shop.checkout.orchestrator.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.UnreadableMessage;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.engine.Committed;
import shop.checkout.orchestrator.engine.SagaListener;
import shop.checkout.orchestrator.saga.SagaStatus;

/**
 * Lets requests wait for a saga to get somewhere. What this replica does is heard of at once; for what others do, one query
 * looks at all awaited sagas, many times a second, and one more reads those that have got there. Nobody waiting costs nothing.
 * Thread-safe; meant for virtual threads, since callers block.
 *
 * @param <V> how sagas of its kind are shown
 */
final class SagaWatch<V> implements SagaListener, SmartLifecycle {

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
    private final Function<Committed<?>, Optional<V>> view;
    private final ConcurrentHashMap<SagaId, List<Waiter<V>>> waiting = new ConcurrentHashMap<>();
    private final Semaphore somebodyCame = new Semaphore(0);
    private volatile @Nullable Thread watcher;

    /** @param view of a saga of its kind; empty for all others */
    SagaWatch(JdbcTemplate jdbc, Reader<V> reader, Function<Committed<?>, Optional<V>> view) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.view = view;
    }

    /**
     * Returns when the saga has got where the caller wants it, when the time is up, or when the service stops; then empty.
     *
     * @param until must become true for good; it may never see what the saga only passes through
     */
    Optional<V> await(SagaId id, Predicate<Standing> until, Duration atMost) {
        var waiter = new Waiter<V>(id, until, new CompletableFuture<>());
        waiting.merge(
                id,
                List.of(waiter),
                (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
        try {
            if (watcher == null) {
                return Optional.empty(); // nobody would send it home
            }
            somebodyCame.release();
            return Optional.of(waiter.reached.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException | java.util.concurrent.CancellationException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            leave(waiter);
        }
    }

    private void leave(Waiter<V> waiter) {
        waiting.computeIfPresent(waiter.id, (id, present) -> {
            var left = present.stream().filter(it -> it != waiter).toList();
            return left.isEmpty() ? null : left;
        });
    }

    @Override
    public void committed(List<Committed<?>> sagas) {
        for (var committed : sagas) {
            var saga = committed.saga();
            var present = waiting.get(saga.id());
            if (present != null) {
                var standing = new Standing(saga.id(), saga.status(), saga.revision());
                present.stream()
                        .filter(waiter -> waiter.until.test(standing))
                        .forEach(waiter -> view.apply(committed).ifPresent(waiter.reached::complete));
            }
        }
    }

    private void watch() {
        try {
            while (watcher == Thread.currentThread()) {
                somebodyCame.acquire();
                while (watcher == Thread.currentThread() && !waiting.isEmpty()) {
                    somebodyCame.drainPermits();
                    long began = System.nanoTime();
                    lookSafely();
                    TimeUnit.NANOSECONDS.sleep(pauseAfter(System.nanoTime() - began));
                }
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
            log.warn("Cannot look at {} awaited sagas and will try again: {}", waiting.size(), e.toString());
        }
    }

    private void look() {
        var ids = waiting.keySet().stream().map(SagaId::toString).toArray(String[]::new);
        var there = jdbc.query(LOOK, SagaWatch::standing, (Object) ids).stream()
                .flatMap(standing -> waiting.getOrDefault(standing.id, List.of()).stream()
                        .filter(waiter -> waiter.until.test(standing)))
                .toList();
        try {
            var views = reader.find(there.stream().map(Waiter::id).collect(Collectors.toSet()));
            there.forEach(waiter -> Optional.ofNullable(views.get(waiter.id)).ifPresent(waiter.reached::complete));
        } catch (UnreadableMessage e) {
            there.forEach(waiter -> waiter.reached.cancel(false)); // each reads its own, so that one costs only itself
        }
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
        waiting.values().forEach(present -> present.forEach(waiter -> waiter.reached.cancel(false)));
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
