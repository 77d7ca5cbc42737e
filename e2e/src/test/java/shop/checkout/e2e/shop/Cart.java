package shop.checkout.e2e.shop;

/** What a customer wants; the sandbox and the seeded stock make it fail where it should. */
public record Cart(String sku, int quantity, String paymentMethod, String postalCode) {

    private static final String STREET = "SW1Y 4JH";

    public static final Cart GOOD = new Cart("espresso-machine", 1, "pm_card_visa", STREET);
    public static final Cart SOLD_OUT = new Cart("sold-out", 1, "pm_card_visa", STREET);
    public static final Cart UNKNOWN = new Cart("perpetuum-mobile", 1, "pm_card_visa", STREET);
    public static final Cart DECLINED = new Cart("coffee-grinder", 2, "pm_card_chargeDeclined", STREET);
    public static final Cart UNDELIVERABLE = new Cart("milk-jug", 3, "pm_card_visa", "00000");

    /** Is delivered where the carrier fetches nothing. */
    public static final Cart NOT_FETCHED = new Cart("beans-1kg", 2, "pm_card_visa", "99999");

    /** Is paid, and the customer's bank takes the money back, so that it cannot be refunded. */
    public static final Cart DISPUTED = new Cart("descaler", 1, "pm_card_createDispute", STREET);

    /** The payment provider takes the money at once and does not answer within any sane limit. */
    public static final Cart ANSWERED_LATE = new Cart("tamper", 1, "pm_sandbox_timeout_after_success", STREET);

    public String json() {
        return """
                {"customerId":"c-42","lines":[{"sku":"%s","quantity":%d}],"payment":{"method":"%s"},\
                "shippingAddress":{"name":"Ada Lovelace","street":"12 St James's Square","city":"London",\
                "postalCode":"%s","country":"GB"}}""".formatted(sku, quantity, paymentMethod, postalCode);
    }
}
