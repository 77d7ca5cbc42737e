package shop.checkout.orchestrator.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.engine.Audit.Standing;
import shop.checkout.orchestrator.saga.News;
import shop.checkout.orchestrator.saga.Verdict;

/**
 * Lets people step in. What they do, the saga's move and the audit row are one transaction; a saga that has moved since they
 * saw it is left alone. Thread-safe.
 */
public final class SagaOperator {

    private static final Logger log = LoggerFactory.getLogger(SagaOperator.class);

    private final Sagas sagas;
    private final SagaStore store;
    private final Audit audit;
    private final HeldSagas held;
    private final TransactionTemplate transaction;

    SagaOperator(Sagas sagas, SagaStore store, Audit audit, HeldSagas held, TransactionTemplate transaction) {
        this.sagas = sagas;
        this.store = store;
        this.audit = audit;
        this.held = held;
        this.transaction = transaction;
    }

    /** When it returns, what was done is durable. */
    public OperatorOutcome operate(OperatorRequest request) {
        return inTransaction(() -> Optional.<SagaRun<?>>ofNullable(
                        sagas.lock(List.of(request.saga())).get(request.saga()))
                .map(run -> operate(run, request))
                .orElseGet(OperatorOutcome.Unknown::new));
    }

    private OperatorOutcome operate(SagaRun<?> run, OperatorRequest request) {
        var before = standing(run);
        if (before.revision() != request.revision()) {
            return new OperatorOutcome.Outdated(before.revision());
        }
        var note = request.operation().label() + " by " + request.operator() + ": " + request.reason();
        var verdict =
                run.hear(now -> new News.Operated(now, request.operation(), note), Optional.empty(), held.heldBack());
        if (verdict == Verdict.APPLIED) {
            audit.append(
                    request, before, standing(run)); // before the saga's row, which has the greatest hybrid timestamp
        }
        store.update(List.of(run));
        if (verdict != Verdict.APPLIED) {
            return new OperatorOutcome.Refused(run.lastNote());
        }
        log.atInfo().addKeyValue(SagaId.LOG_FIELD, request.saga()).log("Stepped in: saga={} {}", request.saga(), note);
        return new OperatorOutcome.Applied();
    }

    private static Standing standing(SagaRun<?> run) {
        return new Standing(run.saga().revision(), run.saga().status());
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
