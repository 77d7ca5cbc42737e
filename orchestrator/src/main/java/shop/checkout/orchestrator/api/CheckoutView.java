package shop.checkout.orchestrator.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.checkout.contract.Money;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.engine.Committed;
import shop.checkout.orchestrator.saga.Saga;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.orchestrator.saga.StepState;

/**
 * A checkout as clients see it. What is not known (yet) is null, never absent.
 *
 * @param reason for people: why it needs attention, is being or was undone
 * @param total by the catalogue, known once the goods are reserved
 * @param revision grows with everything that happens to it; what its ETag is made of
 */
public record CheckoutView(
        SagaId id,
        SagaStatus status,
        @Nullable String reason,
        @Nullable Total total,
        @Nullable String trackingNumber,
        List<StepView> steps,
        Instant createdAt,
        Instant updatedAt,
        @JsonIgnore long revision)
        implements SagaShown {

    /** @param amount with exactly the currency's decimals, as text: JSON numbers lose them */
    public record Total(String amount, String currency) {

        static Total of(Money money) {
            return new Total(money.amount().toPlainString(), money.currency().getCurrencyCode());
        }
    }

    /**
     * @param state a {@link shop.checkout.orchestrator.saga.Phase}
     * @param attempt from 1; a new one is made only by an operator
     * @param sends how often the message whose answer is awaited was sent; 0 when none is awaited
     */
    public record StepView(String name, String state, int attempt, int sends) {

        static StepView of(StepState state) {
            int sends = state.awaited().map(StepState.Awaited::sends).orElse(0);
            return new StepView(state.name(), state.phase().name(), state.attempt(), sends);
        }
    }

    public CheckoutView {
        steps = List.copyOf(steps);
    }

    /** Empty for a saga of another kind. */
    static Optional<CheckoutView> of(Committed<?> committed) {
        return committed.of(Checkout.class).map(it -> of(it.saga(), it.createdAt(), it.updatedAt()));
    }

    static CheckoutView of(Saga<Checkout> saga, Instant createdAt, Instant updatedAt) {
        return of(
                saga.id(),
                saga.status(),
                saga.reason().orElse(null),
                saga.data(),
                saga.steps(),
                createdAt,
                updatedAt,
                saga.revision());
    }

    @SuppressWarnings("TooManyParameters") // the columns of a row
    static CheckoutView of(
            SagaId id,
            SagaStatus status,
            @Nullable String reason,
            Checkout checkout,
            List<StepState> steps,
            Instant createdAt,
            Instant updatedAt,
            long revision) {
        return new CheckoutView(
                id,
                status,
                reason,
                checkout.total().map(Total::of).orElse(null),
                checkout.trackingNumber().orElse(null),
                steps.stream().map(StepView::of).toList(),
                createdAt,
                updatedAt,
                revision);
    }
}
