package shop.checkout.orchestrator.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import shop.checkout.orchestrator.breaker.Breakers;
import shop.checkout.orchestrator.saga.News;

/**
 * Lets sagas go on that wait for a participant that did not answer: one to find out, then the oldest first, more and more a
 * second. Any number of replicas may do so at once.
 */
final class HeldSagas {

    private final Sagas sagas;
    private final SagaStore store;
    private final Breakers breakers;
    private final int tooMany;
    private volatile boolean areTooMany;

    /** @param tooMany from how many on no new sagas should be started */
    HeldSagas(Sagas sagas, SagaStore store, Breakers breakers, int tooMany) {
        this.sagas = sagas;
        this.store = store;
        this.breakers = breakers;
        this.tooMany = tooMany;
    }

    void sweep() {
        breakers.tend(this::release);
        areTooMany = !breakers.silent().isEmpty() && sagas.areHeld(tooMany);
    }

    /** The participants that are to be sent nothing. */
    Set<String> silent() {
        return breakers.silent();
    }

    /** As of the last sweep. */
    boolean areTooMany() {
        return areTooMany;
    }

    private int release(String participant, int most) {
        var held = sagas.lockHeld(participant, most);
        for (SagaRun<?> run : held) {
            run.hear(now -> new News.Released(now, participant), Optional.empty(), breakers.silent());
        }
        store.update(List.copyOf(held));
        return held.size();
    }
}
