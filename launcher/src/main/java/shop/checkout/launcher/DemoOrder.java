package shop.checkout.launcher;

/** Orders that show each way a checkout can end; the sandbox and the seeded stock make them fail where they should. */
enum DemoOrder {
    COMPLETES("completes", "pm_card_visa", "SW1Y 4JH"),
    SOLD_OUT("is refused: nothing in stock", "pm_card_visa", "SW1Y 4JH"),
    DECLINED("is refused: the card is declined; the goods are released", "pm_card_chargeDeclined", "SW1Y 4JH"),
    UNDELIVERABLE("is refused: no such address; money and goods are given back", "pm_card_visa", "00000");

    /** A product that is never in stock. */
    static final String SOLD_OUT_SKU = "sold-out";

    private final String outcome;
    private final String paymentMethod;
    private final String postalCode;

    DemoOrder(String outcome, String paymentMethod, String postalCode) {
        this.outcome = outcome;
        this.paymentMethod = paymentMethod;
        this.postalCode = postalCode;
    }

    /** The predicate of a sentence about the checkout. */
    String outcome() {
        return outcome;
    }

    /** The body of the request, on one line and free of single quotes, so that it can be pasted into a shell. */
    String json(String customer, String sku) {
        return ("{\"customerId\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"quantity\":1}],\"payment\":{\"method\":\"%s\"},"
                        + "\"shippingAddress\":{\"name\":\"Ada Lovelace\",\"street\":\"12 St James Square\","
                        + "\"city\":\"London\",\"postalCode\":\"%s\",\"country\":\"GB\"}}")
                .formatted(customer, this == SOLD_OUT ? SOLD_OUT_SKU : sku, paymentMethod, postalCode);
    }
}
