package shop.checkout.e2e.upgrade;

/** A service that is upgraded. */
enum Service {
    INVENTORY("inventory-service", "inbox"),
    PAYMENT("payment-service", "charge"),
    SHIPPING("shipping-service", "shipment"),
    ORCHESTRATOR("orchestrator", "saga");

    private final String module;
    private final String table;

    Service(String module, String table) {
        this.module = module;
        this.table = table;
    }

    String module() {
        return module;
    }

    /** The table that its next build adds a column to. */
    String table() {
        return table;
    }
}
