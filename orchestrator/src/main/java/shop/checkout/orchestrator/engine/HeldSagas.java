package shop.checkout.orchestrator.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.jdbc.DatabaseTrouble;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.breaker.Breakers;
import shop.checkout.orchestrator.saga.News;

/**
 * Lets sagas go on that wait for a participant that did not answer: one to find out, then the oldest first, more and more a
 * second. Any number of replicas may do so at once.
 */
final class HeldSagas implements Breakers.Held {

    private static final Logger log = LoggerFactory.getLogger(HeldSagas.class);
    private static final int MOST_LEFT_OVER = 200;

    private final Sagas sagas;
    private final SagaStore store;
    private final Breakers breakers;
    private final TransactionTemplate transaction;
    private final int tooMany;
    private volatile boolean areTooMany;

    /** @param tooMany from how many on no new sagas should be started */
    HeldSagas(Sagas sagas, SagaStore store, Breakers breakers, TransactionTemplate transaction, int tooMany) {
        this.sagas = sagas;
        this.store = store;
        this.breakers = breakers;
        this.transaction = transaction;
        this.tooMany = tooMany;
    }

    void sweep() {
        breakers.tend(this);
        sagas.heldBy().stream().filter(it -> !breakers.heldBack().contains(it)).forEach(this::releaseLeftOver);
        areTooMany = !breakers.heldBack().isEmpty() && sagas.areHeld(tooMany);
    }

    /** The participants that are to be sent nothing. */
    Set<String> heldBack() {
        return breakers.heldBack();
    }

    /** As of the last sweep. */
    boolean areTooMany() {
        return areTooMany;
    }

    @Override
    public int release(String participant, int most) {
        var released = goOn(participant, most);
        store.update(released);
        return released.size();
    }

    @Override
    public boolean isNone(String participant) {
        return sagas.heldIds(participant, 1).isEmpty();
    }

    /** Held by a breaker that was closed a moment before they were stored. */
    private void releaseLeftOver(String participant) {
        transaction.executeWithoutResult(status -> release(participant, MOST_LEFT_OVER));
    }

    /** Nothing is written yet, so that what fails has done no harm. */
    private List<SagaRun<?>> goOn(String participant, int most) {
        try {
            var runs = sagas.lockHeld(participant, most);
            runs.forEach(run -> goOn(run, participant));
            return runs;
        } catch (RuntimeException e) {
            if (DatabaseTrouble.causes(e)) {
                throw e;
            }
            log.warn("Letting sagas go on failed and is tried one by one: {}", e.toString());
            return sagas.heldIds(participant, most).stream()
                    .flatMap(id -> goOnAlone(id, participant).stream())
                    .toList();
        }
    }

    /** A saga that cannot go on costs only itself: it is left alone for a while. */
    private Optional<SagaRun<?>> goOnAlone(SagaId id, String participant) {
        try {
            var run = sagas.lockIfFree(id);
            run.ifPresent(it -> goOn(it, participant));
            return run;
        } catch (RuntimeException e) {
            if (DatabaseTrouble.causes(e)) {
                throw e;
            }
            log.atError()
                    .addKeyValue(SagaId.LOG_FIELD, id)
                    .setCause(e)
                    .log("Saga {} cannot go on and is tried again in {}", id, Sagas.AFTER_A_FAULT);
            sagas.postpone(id, Sagas.AFTER_A_FAULT);
            return Optional.empty();
        }
    }

    private void goOn(SagaRun<?> run, String participant) {
        run.hear(now -> new News.Released(now, participant), Optional.empty(), breakers.heldBack());
    }
}
