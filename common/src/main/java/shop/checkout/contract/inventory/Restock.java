package shop.checkout.contract.inventory;

import shop.checkout.contract.OrderId;
import shop.checkout.message.Command;
import shop.checkout.message.WireName;

/** Puts all that an order has bought back on the shelf, because it was returned. It cannot be refused. */
@WireName("inventory.restock.v1")
public record Restock(OrderId orderId) implements Command<Restock.Restocked> {

    /** The goods are for sale again. */
    @WireName("inventory.restocked.v1")
    public record Restocked() {}
}
