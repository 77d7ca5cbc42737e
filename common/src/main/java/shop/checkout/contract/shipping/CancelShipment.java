package shop.checkout.contract.shipping;

import shop.checkout.contract.OrderId;
import shop.checkout.message.Compensation;
import shop.checkout.message.WireName;

/** Calls an order's shipment back. */
@WireName("shipping.cancel.v1")
public record CancelShipment(OrderId orderId) implements Compensation {}
