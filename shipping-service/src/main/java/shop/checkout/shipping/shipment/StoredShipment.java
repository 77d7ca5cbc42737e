package shop.checkout.shipping.shipment;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import shop.checkout.contract.OrderId;

/** A shipment, to read. Written through {@link ShipmentTable} alone. */
@Entity
@Immutable
@Table(name = "shipment")
@SuppressWarnings("NullAway.Init") // filled by Hibernate
class StoredShipment {

    @EmbeddedId
    private ShipmentId id;

    @Enumerated(EnumType.STRING)
    private ShipmentState state;

    private @Nullable String carrierId;
    private @Nullable String trackingNumber;
    private @Nullable String reason;
    private Instant createdAt;
    private Instant updatedAt;

    ShipmentStatus status() {
        return new ShipmentStatus(
                new OrderId(id.orderId()),
                id.command(),
                state,
                Optional.ofNullable(carrierId),
                Optional.ofNullable(trackingNumber),
                Optional.ofNullable(reason),
                createdAt,
                updatedAt);
    }
}
