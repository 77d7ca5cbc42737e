package shop.checkout.contract.checkout;

import shop.checkout.contract.OrderId;
import shop.checkout.message.Event;
import shop.checkout.message.WireName;

/** The checkout could not be completed, and everything done for it was undone. */
@WireName("checkout.rejected.v1")
public record CheckoutRejected(OrderId orderId, String reason) implements Event {}
