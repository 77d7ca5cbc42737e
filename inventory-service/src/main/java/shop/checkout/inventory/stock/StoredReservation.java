package shop.checkout.inventory.stock;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.Sku;

/** A reservation with its lines, to read. Written through {@link Warehouse} alone. */
@Entity
@Immutable
@Table(name = "reservation")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class StoredReservation {

    @Id
    private UUID orderId;

    @Enumerated(EnumType.STRING)
    private ReservationState state;

    private @Nullable Long total;
    private @Nullable String currency;
    private @Nullable String refusal;
    private @Nullable String refusedSku;
    private Instant createdAt;
    private Instant updatedAt;

    @ElementCollection
    @CollectionTable(name = "reservation_line", joinColumns = @JoinColumn(name = "order_id"))
    @OrderBy("sku")
    @BatchSize(size = 200) // one query for the lines of a page
    private List<StoredLine> lines;

    @Embeddable
    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    static class StoredLine {
        private String sku;
        private long quantity;
    }

    ReservationStatus status() {
        return new ReservationStatus(
                new OrderId(orderId),
                state,
                Optional.ofNullable(total).map(minor -> Money.ofMinor(minor, Currency.getInstance(currency))),
                Optional.ofNullable(refusal).map(why -> why + ": " + refusedSku),
                lines.stream()
                        .map(line -> new ReservationStatus.Line(new Sku(line.sku), line.quantity))
                        .toList(),
                createdAt,
                updatedAt);
    }
}
