package shop.checkout.shipping.shipment;

import java.time.Instant;
import java.util.Optional;
import shop.checkout.contract.OrderId;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/**
 * What became of a command to ship.
 *
 * @param command its name within the order's saga; a later attempt has a number
 * @param carrierId the carrier's name for the shipment
 * @param reason why it cannot be delivered
 */
public record ShipmentStatus(
        OrderId orderId,
        String command,
        ShipmentState state,
        Optional<String> carrierId,
        Optional<String> trackingNumber,
        Optional<String> reason,
        Instant createdAt,
        Instant updatedAt) {

    /** The key of the command. */
    public MessageKey key() {
        return new MessageKey(new SagaId(orderId.value()), command);
    }
}
