package shop.checkout.contract.checkout;

import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.message.Event;
import shop.checkout.message.WireName;

/** Goods, money and parcel are settled: the order is sold. */
@WireName("checkout.completed.v1")
public record CheckoutCompleted(OrderId orderId, Money total, String trackingNumber) implements Event {}
