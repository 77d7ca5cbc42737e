package shop.checkout.contract.checkout;

import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;
import shop.checkout.message.Event;
import shop.checkout.message.WireName;

/** The order could not be given back: nothing was refunded, and nothing will be fetched. */
@WireName("checkout.return-rejected.v1")
public record ReturnRejected(ReturnId returnId, OrderId orderId, String reason) implements Event {}
