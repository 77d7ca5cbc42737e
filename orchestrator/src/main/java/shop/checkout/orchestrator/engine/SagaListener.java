package shop.checkout.orchestrator.engine;

import java.util.List;

/**
 * Hears of the sagas that this replica has moved, as soon as that is durable. Every bean of this type is told, in the thread
 * that has committed, so it must be quick. What other replicas do is not told.
 */
@FunctionalInterface
public interface SagaListener {

    void committed(List<Committed<?>> sagas);
}
