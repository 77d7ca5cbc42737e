package shop.checkout.contract.checkout;

import java.util.List;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.message.Event;
import shop.checkout.message.WireName;

/** A customer's checkout was accepted and is under way. */
@WireName("checkout.started.v1")
public record CheckoutStarted(OrderId orderId, String customerId, List<OrderLine> lines) implements Event {

    public CheckoutStarted {
        lines = List.copyOf(lines);
    }
}
