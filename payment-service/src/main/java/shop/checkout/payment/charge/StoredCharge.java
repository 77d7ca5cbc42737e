package shop.checkout.payment.charge;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;

/** A charge, to read. Written through {@link ChargeTable} and {@link RefundTable} alone. */
@Entity
@Immutable
@Table(name = "charge")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class StoredCharge {

    @EmbeddedId
    private ChargeId id;

    @Enumerated(EnumType.STRING)
    private ChargeState state;

    private @Nullable Long amount;
    private @Nullable String currency;
    private @Nullable String paymentId;
    private @Nullable String chargeId;
    private @Nullable String refundId;
    private @Nullable String reason;
    private long captured;
    private long refunded;
    private Instant createdAt;
    private Instant updatedAt;

    ChargeStatus status() {
        return new ChargeStatus(
                new OrderId(id.orderId()),
                id.command(),
                state,
                Optional.ofNullable(amount).map(minor -> Money.ofMinor(minor, Currency.getInstance(currency))),
                Optional.ofNullable(paymentId),
                Optional.ofNullable(chargeId),
                Optional.ofNullable(refundId),
                Optional.ofNullable(reason),
                createdAt,
                updatedAt);
    }
}
