package shop.checkout.inventory.stock;

import shop.checkout.contract.Money;
import shop.checkout.contract.Sku;

/**
 * What there is of one product. What is sold stays counted as sold when it comes back, so that available, reserved and sold
 * add up to what there was at first and what was restocked since.
 */
final class Shelf {

    private final Sku sku;
    private final Money price;
    private long available;
    private long reserved;
    private long sold;
    private long restocked;

    Shelf(Sku sku, Money price, long available, long reserved, long sold, long restocked) {
        this.sku = sku;
        this.price = price;
        this.available = available;
        this.reserved = reserved;
        this.sold = sold;
        this.restocked = restocked;
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

    /** @throws IllegalStateException when fewer are sold and have not come back yet */
    void restock(long quantity) {
        less(sold - restocked, quantity, "sold");
        restocked += quantity;
        available += quantity;
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

    /** All that were ever sold, whether or not they came back. */
    long sold() {
        return sold;
    }

    long restocked() {
        return restocked;
    }
}
