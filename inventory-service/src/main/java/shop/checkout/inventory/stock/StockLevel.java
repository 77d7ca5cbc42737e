package shop.checkout.inventory.stock;

import shop.checkout.contract.Money;
import shop.checkout.contract.Sku;

/**
 * How many there are of a product.
 *
 * @param reserved set aside for open checkouts
 * @param sold all that were ever sold, whether or not they came back
 * @param restocked of those sold: how many came back and are for sale again
 */
public record StockLevel(Sku sku, String name, Money price, long available, long reserved, long sold, long restocked) {}
