package shop.checkout.contract.inventory;

import shop.checkout.contract.OrderId;
import shop.checkout.message.Compensation;
import shop.checkout.message.WireName;

/** Puts an order's goods back on the shelf. */
@WireName("inventory.release.v1")
public record ReleaseInventory(OrderId orderId) implements Compensation {}
