package shop.checkout.shipping.carrier;

import java.util.List;
import shop.checkout.contract.Address;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;

/** Goods of an order to be fetched from a customer. */
public record PickUpRequest(OrderId orderId, Address address, List<OrderLine> lines) {

    public PickUpRequest {
        lines = List.copyOf(lines);
    }
}
