package shop.checkout.orchestrator.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import shop.checkout.orchestrator.saga.Operation;
import shop.checkout.orchestrator.saga.Saga;
import shop.checkout.orchestrator.saga.SagaDefinition;

/**
 * A stored saga as it stands, to look at.
 *
 * @param possible what a person may do about it now
 */
public record SagaView<S>(
        SagaDefinition<S> definition, Saga<S> saga, List<Operation> possible, Instant createdAt, Instant updatedAt) {

    public SagaView {
        possible = List.copyOf(possible);
    }

    /** What the saga knows, if it is of this type. */
    public <T> Optional<T> data(Class<T> type) {
        return type.isInstance(saga.data()) ? Optional.of(type.cast(saga.data())) : Optional.empty();
    }
}
