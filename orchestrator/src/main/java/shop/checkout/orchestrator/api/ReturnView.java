package shop.checkout.orchestrator.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.checkout.contract.OrderId;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.api.CheckoutView.StepView;
import shop.checkout.orchestrator.api.CheckoutView.Total;
import shop.checkout.orchestrator.engine.Committed;
import shop.checkout.orchestrator.returns.GoodsReturn;
import shop.checkout.orchestrator.saga.Saga;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.orchestrator.saga.StepState;

/**
 * A return as clients see it. What is not known (yet) is null, never absent.
 *
 * @param checkoutId what is returned, all of it
 * @param statusReason for people: why it needs attention, is being or was undone
 * @param reason what the customer said
 * @param total what is given back
 * @param pickUpNumber by which customer and carrier know the pick-up
 * @param revision grows with everything that happens to it; what its ETag is made of
 */
public record ReturnView(
        SagaId id,
        OrderId checkoutId,
        SagaStatus status,
        @Nullable String statusReason,
        String reason,
        Total total,
        @Nullable String pickUpNumber,
        List<StepView> steps,
        Instant createdAt,
        Instant updatedAt,
        @JsonIgnore long revision)
        implements SagaShown {

    public ReturnView {
        steps = List.copyOf(steps);
    }

    /** Empty for a saga of another kind. */
    static Optional<ReturnView> of(Committed<?> committed) {
        return committed.of(GoodsReturn.class).map(it -> of(it.saga(), it.createdAt(), it.updatedAt()));
    }

    static ReturnView of(Saga<GoodsReturn> saga, Instant createdAt, Instant updatedAt) {
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
    static ReturnView of(
            SagaId id,
            SagaStatus status,
            @Nullable String statusReason,
            GoodsReturn goods,
            List<StepState> steps,
            Instant createdAt,
            Instant updatedAt,
            long revision) {
        return new ReturnView(
                id,
                goods.orderId(),
                status,
                statusReason,
                goods.reason(),
                Total.of(goods.total()),
                goods.pickUpNumber().orElse(null),
                steps.stream().map(StepView::of).toList(),
                createdAt,
                updatedAt,
                revision);
    }
}
