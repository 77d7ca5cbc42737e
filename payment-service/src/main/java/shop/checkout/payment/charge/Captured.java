package shop.checkout.payment.charge;

import java.util.Optional;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;
import shop.checkout.payment.gateway.RefundRequest.Capture;

/**
 * Money that was taken for an order and not given back.
 *
 * @param returnedBy the return by which it is being given back
 */
record Captured(OrderId orderId, Capture capture, Money amount, Optional<ReturnId> returnedBy) {}
