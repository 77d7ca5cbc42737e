package shop.checkout.contract.checkout;

import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;
import shop.checkout.message.Event;
import shop.checkout.message.WireName;

/** The money is given back, and the goods are for sale again. */
@WireName("checkout.return-completed.v1")
public record ReturnCompleted(ReturnId returnId, OrderId orderId, Money refunded) implements Event {}
