package shop.checkout.orchestrator.engine;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.jdbc.DatabaseTrouble;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.breaker.Breakers;

/**
 * Wakes sagas that are due, on the database's clock. Any number of replicas may do so at once: each takes rows that nobody
 * else is at, and judges under their locks whether it is really time.
 */
final class Timers {

    private static final Logger log = LoggerFactory.getLogger(Timers.class);

    private final Sagas sagas;
    private final SagaStore store;
    private final TransactionTemplate transaction;
    private final Breakers breakers;
    private final int batch;

    Timers(Sagas sagas, SagaStore store, TransactionTemplate transaction, Breakers breakers, int batch) {
        this.sagas = sagas;
        this.store = store;
        this.transaction = transaction;
        this.breakers = breakers;
        this.batch = batch;
    }

    /** Wakes all that are due. */
    void sweep() {
        while (wakeSome() == batch) {
            // until no full batch is due
        }
    }

    private int wakeSome() {
        try {
            var woken = transaction.execute(status -> {
                var due = sagas.lockDue(batch);
                wake(due);
                return due.size();
            });
            return woken == null ? 0 : woken;
        } catch (RuntimeException e) {
            if (DatabaseTrouble.causes(e)) {
                throw e;
            }
            log.warn("Waking a batch of sagas failed and is tried one by one: {}", e.toString());
            sagas.due(batch).forEach(this::wakeAlone);
            return 0;
        }
    }

    /** A saga that cannot be woken costs only itself: it is left alone for a while. */
    private void wakeAlone(SagaId id) {
        try {
            transaction.executeWithoutResult(
                    status -> wake(List.copyOf(sagas.lock(List.of(id)).values())));
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue(SagaId.LOG_FIELD, id)
                    .setCause(e)
                    .log("Saga {} cannot be woken and is tried again in {}", id, Sagas.AFTER_A_FAULT);
            transaction.executeWithoutResult(status -> sagas.postpone(id, Sagas.AFTER_A_FAULT));
        }
    }

    private void wake(List<SagaRun<?>> due) {
        due.forEach(run -> run.wake(breakers.heldBack()));
        store.update(due);
        breakers.noteSilence(due.stream().flatMap(run -> run.silent().stream()).toList());
    }
}
