package shop.checkout.contract.inventory;

import java.util.List;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;
import shop.checkout.message.Command;
import shop.checkout.message.WireName;

/** Sets goods aside for an order, at the catalogue's prices. */
@WireName("inventory.reserve.v1")
public record ReserveInventory(OrderId orderId, List<OrderLine> lines) implements Command<ReserveInventory.Reply> {

    public ReserveInventory {
        lines = List.copyOf(lines);
    }

    public sealed interface Reply {}

    /** All goods are set aside; this is what they cost. */
    @WireName("inventory.reserved.v1")
    public record Reserved(Money total) implements Reply {}

    /** There are fewer than asked for. Nothing is set aside. */
    @WireName("inventory.out-of-stock.v1")
    public record OutOfStock(Sku sku) implements Reply {}

    /** The catalogue has no such product. Nothing is set aside. */
    @WireName("inventory.unknown-sku.v1")
    public record UnknownSku(Sku sku) implements Reply {}
}
