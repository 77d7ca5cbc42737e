package shop.checkout.inventory.stock;

import shop.checkout.contract.Money;
import shop.checkout.contract.Sku;

/** What there is of one product. Goods only ever move between the three places, so their sum stays what it was. */
final class Shelf {

    private final Sku sku;
    private final Money price;
    private long available;
    private long reserved;
    private long sold;

    Shelf(Sku sku, Money price, long available, long reserved, long sold) {
        this.sku = sku;
        this.price = price;
        this.available = available;
        this.reserved = reserved;
        this.sold = sold;
    }

    boolean has(long quantity) {
        return available >= quantity;
    }

    /** @throws IllegalStateException when there are fewer: ask {@link #has} first */
    void reserve(long quantity) {
        available = less(available, quantity, "available");
        reserved += quantity;
    }

    /** @throws IllegalStateException when fewer are reserved */
    void release(long quantity) {
        reserved = less(reserved, quantity, "reserved");
        available += quantity;
    }

    /** @throws IllegalStateException when fewer are reserved */
    void sell(long quantity) {
        reserved = less(reserved, quantity, "reserved");
        sold += quantity;
    }

    private long less(long count, long quantity, String place) {
        if (quantity < 1 || quantity > count) {
            throw new IllegalStateException("cannot take " + quantity + " of " + count + " " + place + " " + sku);
        }
        return count - quantity;
    }

    Sku sku() {
        return sku;
    }

    Money price() {
        return price;
    }

    long available() {
        return available;
    }

    long reserved() {
        return reserved;
    }

    long sold() {
        return sold;
    }
}
