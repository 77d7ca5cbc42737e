package shop.checkout.contract.shipping;

import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;
import shop.checkout.message.Compensation;
import shop.checkout.message.WireName;

/** Tells the carrier that there is nothing to fetch after all. */
@WireName("shipping.cancel-pick-up.v1")
public record CancelPickUp(ReturnId returnId, OrderId orderId) implements Compensation {}
