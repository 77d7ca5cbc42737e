package shop.checkout.orchestrator.engine;

import java.time.Instant;
import java.util.Optional;
import shop.checkout.orchestrator.saga.Saga;

/**
 * A saga as a transaction of this replica has just left it.
 *
 * @param definition its kind
 * @param hasJustEnded whether that transaction has ended it
 * @param repliesIgnored how many replies it heard in that transaction that it did not wait for
 */
public record Committed<S>(
        String definition,
        Saga<S> saga,
        boolean hasJustEnded,
        int repliesIgnored,
        Instant createdAt,
        Instant updatedAt) {

    /** The same, if it is one that knows data of this type. */
    @SuppressWarnings("unchecked") // a saga has the type of its data
    public <T> Optional<Committed<T>> of(Class<T> type) {
        return type.isInstance(saga.data()) ? Optional.of((Committed<T>) this) : Optional.empty();
    }
}
