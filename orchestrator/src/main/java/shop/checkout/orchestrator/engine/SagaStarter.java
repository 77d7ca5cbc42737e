package shop.checkout.orchestrator.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.checkout.jdbc.DatabaseTrouble;
import shop.checkout.message.SagaId;

/**
 * Starts sagas by group commit: requests that come at the same time share one transaction, and each caller waits for the
 * commit of its own. Thread-safe.
 *
 * @param <T> what the guard judges requests by
 */
public final class SagaStarter<T> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SagaStarter.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** A request in the queue and, later, what became of it: its saga, if it was started. */
    private record Waiting<T>(StartRequest<T> request, CompletableFuture<Optional<Started<?>>> outcome) {}

    /** Starts the sagas that may start, in one transaction. */
    interface Commit<T> {

        /** @return those that were started */
        Map<SagaId, Started<?>> start(List<StartRequest<T>> requests);
    }

    private final BlockingQueue<Waiting<T>> queue;
    private final Commit<T> commit;
    private final Supplier<Optional<String>> overload;
    private final EngineProperties.Start settings;
    private final Thread committer;
    private volatile boolean closed;

    /** @param overload why nothing more may be started right now, if that is so */
    SagaStarter(Commit<T> commit, Supplier<Optional<String>> overload, EngineProperties.Start settings) {
        this.commit = commit;
        this.overload = overload;
        this.settings = settings;
        this.queue = new ArrayBlockingQueue<>(settings.queue());
        this.committer = Thread.ofPlatform().name("saga-starter").daemon().unstarted(this::run);
    }

    static <T> SagaStarter<T> running(
            Commit<T> commit, Supplier<Optional<String>> overload, EngineProperties.Start settings) {
        var starter = new SagaStarter<>(commit, overload, settings);
        starter.committer.start();
        return starter;
    }

    /**
     * Starts a saga unless the guard refuses. When it returns, the outcome is durable.
     *
     * @return the saga, if it was started; if not, nothing of the request is stored
     * @throws StartRefused when too much is going on already, or the service stops; surely nothing is stored
     * @throws StartUncertain when no answer came in time; the saga may have been started or may still be
     * @throws RuntimeException when the request's transaction failed; surely nothing is stored, except that a connection
     *     that breaks during the commit leaves it open
     */
    @SuppressWarnings("unchecked") // what is started is what was asked for
    public <S> Optional<Started<S>> start(NewSaga<S> saga, T ticket) {
        var waiting = new Waiting<>(new StartRequest<>(saga, ticket), new CompletableFuture<>());
        overload.get().ifPresent(why -> {
            throw new StartRefused(why);
        });
        if (closed || !queue.offer(waiting)) {
            throw new StartRefused(closed ? "the service is stopping" : queue.size() + " requests are waiting already");
        }
        return await(waiting).map(started -> (Started<S>) started);
    }

    private Optional<Started<?>> await(Waiting<T> waiting) {
        try {
            return waiting.outcome.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            return withdrawn(waiting, "not within " + settings.timeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return withdrawn(waiting, "interrupted");
        }
    }

    /** Nobody else can have what is taken out of the queue here. */
    private Optional<Started<?>> withdrawn(Waiting<T> waiting, String why) {
        if (queue.remove(waiting)) {
            throw new StartRefused("it waited too long: " + why);
        }
        throw new StartUncertain(waiting.request.saga().id(), why);
    }

    private void run() {
        var batch = new ArrayList<Waiting<T>>();
        while (!closed || !queue.isEmpty()) {
            try {
                batch.clear();
                var first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, settings.batch() - 1);
                    commit(List.copyOf(batch));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** A batch that fails is taken one by one, so that a bad request costs only itself. */
    private void commit(List<Waiting<T>> batch) {
        try {
            var started = commit.start(batch.stream().map(Waiting::request).toList());
            batch.forEach(waiting -> waiting.outcome.complete(
                    Optional.ofNullable(started.get(waiting.request.saga().id()))));
        } catch (RuntimeException e) {
            if (batch.size() == 1 || DatabaseTrouble.causes(e)) {
                batch.forEach(waiting -> waiting.outcome.completeExceptionally(e));
            } else {
                log.warn("Starting {} sagas failed and is tried one by one: {}", batch.size(), e.toString());
                batch.forEach(waiting -> commit(List.of(waiting)));
            }
        }
    }

    /** Refuses new requests and returns when those accepted are answered. */
    @Override
    public void close() {
        closed = true;
        try {
            committer.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
