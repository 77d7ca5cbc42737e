package shop.checkout.orchestrator.engine;

import java.util.List;
import java.util.Set;
import shop.checkout.message.SagaId;

/**
 * Asked inside the transaction that starts a batch of sagas: which of them may start? What it writes is committed together
 * with the sagas, or not at all.
 *
 * <p>Typically one statement, {@code insert into … select … from unnest(…) order by <key> on conflict do nothing returning
 * saga_id}. It must insert in the order of its keys, or two replicas with overlapping batches can deadlock. A conflict with
 * a batch that is not committed yet waits for it; this is what makes of two equal requests at once one saga.
 */
@FunctionalInterface
public interface StartGuard<T> {

    /**
     * @param requests of one batch, each with another saga id; perhaps the same as in a call before, whose transaction was
     *     rolled back
     * @return the ids of the sagas that may start; the requests of all others are answered with false
     */
    Set<SagaId> admit(List<StartRequest<T>> requests);
}
