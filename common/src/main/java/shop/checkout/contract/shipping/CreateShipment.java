package shop.checkout.contract.shipping;

import java.util.List;
import shop.checkout.contract.Address;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.message.Command;
import shop.checkout.message.WireName;

/** Hands an order's goods to the carrier. */
@WireName("shipping.create.v1")
public record CreateShipment(OrderId orderId, Address address, List<OrderLine> lines)
        implements Command<CreateShipment.Reply> {

    public CreateShipment {
        lines = List.copyOf(lines);
    }

    public sealed interface Reply {}

    @WireName("shipping.created.v1")
    public record Shipped(String trackingNumber) implements Reply {}

    @WireName("shipping.undeliverable.v1")
    public record Undeliverable(String reason) implements Reply {}
}
