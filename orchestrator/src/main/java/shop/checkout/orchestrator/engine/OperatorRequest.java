package shop.checkout.orchestrator.engine;

import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.saga.Operation;

/**
 * What a person wants done about a saga.
 *
 * @param revision of the saga as the person saw it
 */
public record OperatorRequest(SagaId saga, long revision, Operation operation, String operator, String reason) {}
