package shop.checkout.e2e.shop;

/** A process of the running system. */
public enum Part {
    ORCHESTRATOR("orchestrator"),
    INVENTORY("inventory-service"),
    PAYMENT("payment-service"),
    SHIPPING("shipping-service"),
    SANDBOX("sandbox");

    private final String module;

    Part(String module) {
        this.module = module;
    }

    public String module() {
        return module;
    }
}
