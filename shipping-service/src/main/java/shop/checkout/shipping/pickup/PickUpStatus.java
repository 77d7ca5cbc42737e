package shop.checkout.shipping.pickup;

import java.time.Instant;
import java.util.Optional;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/**
 * What became of a command to have goods fetched.
 *
 * @param orderId not known when the cancellation came first
 * @param command its name within the return's saga; a later attempt has a number
 * @param carrierId the carrier's name for the pick-up
 * @param number by which customer and carrier know it
 * @param reason why nothing is fetched
 */
public record PickUpStatus(
        ReturnId returnId,
        Optional<OrderId> orderId,
        String command,
        PickUpState state,
        Optional<String> carrierId,
        Optional<String> number,
        Optional<String> reason,
        Instant createdAt,
        Instant updatedAt) {

    /** The key of the command. */
    public MessageKey key() {
        return new MessageKey(new SagaId(returnId.value()), command);
    }
}
