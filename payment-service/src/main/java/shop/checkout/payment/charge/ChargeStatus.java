package shop.checkout.payment.charge;

import java.time.Instant;
import java.util.Optional;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/**
 * What became of a command to take money.
 *
 * @param command its name within the order's saga; a later attempt has a number
 * @param amount not known when the refund came first
 * @param paymentId the provider's name for the payment
 * @param chargeId the provider's name for the capture
 * @param reason why it was declined
 */
public record ChargeStatus(
        OrderId orderId,
        String command,
        ChargeState state,
        Optional<Money> amount,
        Optional<String> paymentId,
        Optional<String> chargeId,
        Optional<String> refundId,
        Optional<String> reason,
        Instant createdAt,
        Instant updatedAt) {

    /** The key of the command. */
    public MessageKey key() {
        return new MessageKey(new SagaId(orderId.value()), command);
    }
}
