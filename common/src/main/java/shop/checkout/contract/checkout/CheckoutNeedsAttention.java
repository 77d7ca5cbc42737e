package shop.checkout.contract.checkout;

import shop.checkout.contract.OrderId;
import shop.checkout.message.Event;
import shop.checkout.message.WireName;

/** A compensation keeps failing: a person has to look. It goes on being retried meanwhile. */
@WireName("checkout.needs-attention.v1")
public record CheckoutNeedsAttention(OrderId orderId, String reason) implements Event {}
