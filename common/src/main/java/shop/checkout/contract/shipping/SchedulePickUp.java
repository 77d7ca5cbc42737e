package shop.checkout.contract.shipping;

import java.util.List;
import shop.checkout.contract.Address;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.ReturnId;
import shop.checkout.message.Command;
import shop.checkout.message.WireName;

/** Has the carrier fetch an order's goods from the customer. */
@WireName("shipping.schedule-pick-up.v1")
public record SchedulePickUp(ReturnId returnId, OrderId orderId, Address address, List<OrderLine> lines)
        implements Command<SchedulePickUp.Reply> {

    public SchedulePickUp {
        lines = List.copyOf(lines);
    }

    public sealed interface Reply {}

    /** @param pickUpNumber by which customer and carrier know it */
    @WireName("shipping.pick-up-scheduled.v1")
    public record Scheduled(String pickUpNumber) implements Reply {}

    /** The carrier fetches nothing there. */
    @WireName("shipping.pick-up-refused.v1")
    public record Refused(String reason) implements Reply {}
}
