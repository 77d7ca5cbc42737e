package shop.checkout.contract.checkout;

import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;
import shop.checkout.message.Event;
import shop.checkout.message.WireName;

/** A step of a return, or its undoing, takes too long: a person has to look. It goes on being retried meanwhile. */
@WireName("checkout.return-needs-attention.v1")
public record ReturnNeedsAttention(ReturnId returnId, OrderId orderId, String reason) implements Event {}
