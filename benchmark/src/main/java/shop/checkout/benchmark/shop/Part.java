package shop.checkout.benchmark.shop;

import java.util.List;

/** A process of the running system. */
public enum Part {
    ORCHESTRATOR("orchestrator"),
    INVENTORY("inventory-service"),
    PAYMENT("payment-service"),
    SHIPPING("shipping-service"),
    SANDBOX("sandbox");

    /** Those with a database. */
    public static final List<Part> SERVICES = List.of(ORCHESTRATOR, INVENTORY, PAYMENT, SHIPPING);

    private final String module;

    Part(String module) {
        this.module = module;
    }

    /** The Maven module, and the name under which people meet it. */
    public String module() {
        return module;
    }
}
