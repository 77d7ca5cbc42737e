package shop.checkout.contract.payment;

import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;
import shop.checkout.message.Command;
import shop.checkout.message.WireName;

/**
 * Gives back the money that was taken for an order whose goods come back.
 *
 * @param amount all that was taken: there is no refund of a part
 */
@WireName("payment.refund-return.v1")
public record RefundReturn(ReturnId returnId, OrderId orderId, Money amount) implements Command<RefundReturn.Reply> {

    public sealed interface Reply {}

    /** @param refundId the payment provider's name for it */
    @WireName("payment.return-refunded.v1")
    public record Refunded(String refundId) implements Reply {}

    /** Nothing, or less, is left to give back, or the payment provider refuses. No money has moved. */
    @WireName("payment.return-refund-refused.v1")
    public record Refused(String reason) implements Reply {}
}
