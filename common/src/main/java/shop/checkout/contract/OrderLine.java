package shop.checkout.contract;

/** So many of one product. */
public record OrderLine(Sku sku, int quantity) {

    public static final int MAX_QUANTITY = 1_000;

    public OrderLine {
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException(
                    "quantity of " + sku + " must be 1 to " + MAX_QUANTITY + ": " + quantity);
        }
    }
}
