package shop.checkout.orchestrator.engine;

import java.util.Optional;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;
import shop.checkout.orchestrator.saga.SagaDefinition;

/**
 * A saga that somebody wants to start, under an id that is a new UUIDv7.
 *
 * @param traceParent of the request, if it is traced: all that the saga says belongs to its trace
 */
public record NewSaga<S>(SagaId id, SagaDefinition<S> definition, S data, Optional<TraceParent> traceParent) {

    /** One that is not traced. */
    public NewSaga(SagaId id, SagaDefinition<S> definition, S data) {
        this(id, definition, data, Optional.empty());
    }
}
