package shop.checkout.contract.payment;

import shop.checkout.contract.OrderId;
import shop.checkout.message.Compensation;
import shop.checkout.message.WireName;

/** Gives back all the money that was taken for an order. */
@WireName("payment.refund.v1")
public record RefundPayment(OrderId orderId) implements Compensation {}
