package shop.checkout.shipping.pickup;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;
import shop.checkout.effect.EffectState;

/** A pick-up, to read. Written through {@link PickUpTable} alone. */
@Entity
@Immutable
@Table(name = "pick_up")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class StoredPickUp {

    @EmbeddedId
    private PickUpId id;

    @Enumerated(EnumType.STRING)
    private EffectState state;

    private @Nullable UUID orderId;
    private @Nullable String receiptId;
    private @Nullable String receiptNumber;
    private @Nullable String reason;
    private Instant createdAt;
    private Instant updatedAt;

    PickUpStatus status() {
        return new PickUpStatus(
                new ReturnId(id.sagaId()),
                Optional.ofNullable(orderId).map(OrderId::new),
                id.command(),
                PickUpState.of(state),
                Optional.ofNullable(receiptId),
                Optional.ofNullable(receiptNumber),
                Optional.ofNullable(reason),
                createdAt,
                updatedAt);
    }
}
