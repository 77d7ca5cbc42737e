package shop.checkout.shipping.shipment;

import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.UUID;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/** The command to take money: of an order, and which of its attempts. */
@Embeddable
record ShipmentId(UUID orderId, String command) implements Serializable {

    MessageKey key() {
        return new MessageKey(new SagaId(orderId), command);
    }
}
