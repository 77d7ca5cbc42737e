package shop.checkout.orchestrator.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.saga.News;
import shop.checkout.orchestrator.saga.Verdict;

/** Starts, cancels and shows sagas. Thread-safe. */
public final class SagaEngine {

    private final SagaKinds kinds;
    private final Sagas sagas;
    private final SagaStore store;
    private final HeldSagas held;
    private final SagaMeters meters;
    private final TransactionTemplate transaction;
    private final EngineProperties settings;

    SagaEngine(
            SagaKinds kinds,
            Sagas sagas,
            SagaStore store,
            HeldSagas held,
            SagaMeters meters,
            TransactionTemplate transaction,
            EngineProperties settings) {
        this.kinds = kinds;
        this.sagas = sagas;
        this.store = store;
        this.held = held;
        this.meters = meters;
        this.transaction = transaction;
        this.settings = settings;
    }

    /** A new group commit for requests that this guard judges; the caller closes it. */
    public <T> SagaStarter<T> starter(StartGuard<T> guard) {
        return SagaStarter.running(requests -> start(requests, guard), this::overload, settings.start());
    }

    private Optional<String> overload() {
        if (held.areTooMany()) {
            return Optional.of("too many sagas wait for a participant that does not answer");
        }
        long underWay = meters.underWay();
        return underWay < settings.start().maxUnderWay()
                ? Optional.empty()
                : Optional.of(underWay + " sagas are under way");
    }

    /** Undoes a saga if it can still be undone. The answer is durable; the undoing goes on by itself. */
    public Cancellation cancel(SagaId id, String reason) {
        return inTransaction(() -> {
            var run = sagas.lock(List.of(id)).get(id);
            if (run == null) {
                return Cancellation.UNKNOWN;
            }
            var verdict = run.hear(now -> new News.CancelRequested(now, reason), Optional.empty(), held.heldBack());
            store.update(List.of(run));
            return verdict == Verdict.REFUSED ? Cancellation.TOO_LATE : Cancellation.ACCEPTED;
        });
    }

    /** A saga as it was last committed. */
    public Optional<SagaView<?>> find(SagaId id) {
        return sagas.find(id);
    }

    private <T> Map<SagaId, Started<?>> start(List<StartRequest<T>> requests, StartGuard<T> guard) {
        return inTransaction(() -> {
            var admitted = guard.admit(requests);
            var now = sagas.now();
            var runs = requests.stream()
                    .map(StartRequest::saga)
                    .filter(saga -> admitted.contains(saga.id()))
                    .<SagaRun<?>>map(saga -> born(saga, SagaRun.Stored.nothing(now, saga.traceParent())))
                    .toList();
            runs.forEach(run -> run.hear(News.Started::new, Optional.empty(), held.heldBack()));
            store.insert(runs);
            return runs.stream().collect(Collectors.toMap(SagaRun::id, run -> new Started<>(run.saga(), now)));
        });
    }

    private SagaRun<?> born(NewSaga<?> saga, SagaRun.Stored nothing) {
        var definition = saga.definition();
        return kinds.named(definition.name(), definition.version()).born(saga.id(), saga.data(), nothing);
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
