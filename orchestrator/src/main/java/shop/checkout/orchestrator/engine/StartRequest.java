package shop.checkout.orchestrator.engine;

/**
 * One request to start a saga.
 *
 * @param ticket what the {@link StartGuard} judges it by, such as an idempotency key
 */
public record StartRequest<T>(NewSaga<?> saga, T ticket) {}
