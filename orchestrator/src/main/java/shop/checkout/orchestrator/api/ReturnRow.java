package shop.checkout.orchestrator.api;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SQLRestriction;
import shop.checkout.codec.Codec;
import shop.checkout.orchestrator.returns.GoodsReturn;

/** A return's saga. */
@Entity
@Immutable
@Table(name = "saga")
@SQLRestriction("definition = 'return'")
class ReturnRow extends SagaRow {

    ReturnView view(Codec codec) {
        return ReturnView.of(
                sagaId(),
                status(),
                reason(),
                data(GoodsReturn.class, codec),
                steps(codec),
                createdAt(),
                updatedAt(),
                revision());
    }
}
