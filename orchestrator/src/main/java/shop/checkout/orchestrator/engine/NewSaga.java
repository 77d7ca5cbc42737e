package shop.checkout.orchestrator.engine;

import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.saga.SagaDefinition;

/** A saga that somebody wants to start, under an id that is a new UUIDv7. */
public record NewSaga<S>(SagaId id, SagaDefinition<S> definition, S data) {}
