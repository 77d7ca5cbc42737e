package shop.checkout.payment.charge;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;

/** A line of the ledger, to read. Written through {@link ChargeTable} and {@link RefundTable} alone. */
@Entity
@Immutable
@Table(name = "payment_ledger")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class StoredMovement {

    @Id
    private long seq;

    private UUID orderId;
    private String message;
    private @Nullable UUID returnId;

    @Enumerated(EnumType.STRING)
    private MovementKind kind;

    private long amount;
    private String currency;
    private String reference;
    private Instant recordedAt;

    Movement movement() {
        return new Movement(
                seq,
                new OrderId(orderId),
                message,
                Optional.ofNullable(returnId).map(ReturnId::new),
                kind,
                Money.ofMinor(amount, Currency.getInstance(currency)),
                reference,
                recordedAt);
    }
}
