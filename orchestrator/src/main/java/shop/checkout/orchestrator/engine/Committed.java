package shop.checkout.orchestrator.engine;

import java.time.Instant;
import java.util.Optional;
import shop.checkout.orchestrator.saga.Saga;

/** A saga as a transaction of this replica has just left it. */
public record Committed<S>(Saga<S> saga, Instant createdAt, Instant updatedAt) {

    /** The same, if it is one that knows data of this type. */
    @SuppressWarnings("unchecked") // a saga has the type of its data
    public <T> Optional<Committed<T>> of(Class<T> type) {
        return type.isInstance(saga.data()) ? Optional.of((Committed<T>) this) : Optional.empty();
    }
}
