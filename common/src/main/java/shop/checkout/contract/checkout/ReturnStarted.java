package shop.checkout.contract.checkout;

import java.util.List;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.ReturnId;
import shop.checkout.message.Event;
import shop.checkout.message.WireName;

/** A customer wants to give a whole order back, and that is under way. */
@WireName("checkout.return-started.v1")
public record ReturnStarted(ReturnId returnId, OrderId orderId, List<OrderLine> lines) implements Event {

    public ReturnStarted {
        lines = List.copyOf(lines);
    }
}
