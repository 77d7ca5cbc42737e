package shop.checkout.inventory.stock;

import shop.checkout.contract.Money;
import shop.checkout.contract.Sku;

/** How many there are of a product: on the shelf, set aside for open checkouts, and sold. */
public record StockLevel(Sku sku, String name, Money price, long available, long reserved, long sold) {}
