package shop.checkout.orchestrator.api;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SQLRestriction;
import shop.checkout.codec.Codec;
import shop.checkout.orchestrator.checkout.Checkout;

/** A checkout's saga. */
@Entity
@Immutable
@Table(name = "saga")
@SQLRestriction("definition = 'checkout'")
class CheckoutRow extends SagaRow {

    CheckoutView view(Codec codec) {
        return CheckoutView.of(
                sagaId(),
                status(),
                reason(),
                data(Checkout.class, codec),
                steps(codec),
                createdAt(),
                updatedAt(),
                revision());
    }
}
