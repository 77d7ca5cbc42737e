package shop.checkout.shipping.carrier;

import java.util.List;
import shop.checkout.contract.Address;
import shop.checkout.contract.OrderLine;

/** Goods to be brought somewhere. */
public record ParcelRequest(Address address, List<OrderLine> lines) {

    public ParcelRequest {
        lines = List.copyOf(lines);
    }
}
