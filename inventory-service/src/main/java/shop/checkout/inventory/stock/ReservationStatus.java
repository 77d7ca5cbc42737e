package shop.checkout.inventory.stock;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.Sku;

/**
 * What became of an order in inventory.
 *
 * @param total what the goods cost when they were set aside; none if they never were
 * @param reason why the order was refused, if it was
 * @param lines each product once
 */
public record ReservationStatus(
        OrderId orderId,
        ReservationState state,
        Optional<Money> total,
        Optional<String> reason,
        List<Line> lines,
        Instant createdAt,
        Instant updatedAt) {

    public ReservationStatus {
        lines = List.copyOf(lines);
    }

    /** So many of one product. */
    public record Line(Sku sku, long quantity) {}
}
