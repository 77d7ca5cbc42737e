package shop.checkout.contract.payment;

import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.message.Command;
import shop.checkout.message.WireName;

/**
 * Takes the money for an order.
 *
 * @param method the payment provider's token for the customer's way to pay; never a card number
 */
@WireName("payment.charge.v1")
public record ChargePayment(OrderId orderId, String method, Money amount) implements Command<ChargePayment.Reply> {

    public sealed interface Reply {}

    @WireName("payment.charged.v1")
    public record Charged(String paymentId) implements Reply {}

    @WireName("payment.declined.v1")
    public record Declined(String reason) implements Reply {}
}
