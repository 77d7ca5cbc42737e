package shop.checkout.orchestrator.engine;

import java.time.Instant;
import shop.checkout.orchestrator.saga.Saga;

/** A saga as it was committed by the transaction that started it. */
public record Started<S>(Saga<S> saga, Instant at) {}
