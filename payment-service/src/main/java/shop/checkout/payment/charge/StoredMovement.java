package shop.checkout.payment.charge;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;

/** A line of the ledger, to read. Written through {@link ChargeTable} alone. */
@Entity
@Immutable
@Table(name = "payment_ledger")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class StoredMovement {

    @Id
    private long seq;

    private UUID orderId;
    private String message;

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
                kind,
                Money.ofMinor(amount, Currency.getInstance(currency)),
                reference,
                recordedAt);
    }
}
