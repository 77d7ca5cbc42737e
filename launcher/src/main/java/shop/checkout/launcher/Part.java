package shop.checkout.launcher;

/** The processes the system consists of, beside PostgreSQL and Kafka. */
enum Part {
    ORCHESTRATOR("orchestrator", 0),
    INVENTORY("inventory-service", 1),
    PAYMENT("payment-service", 2),
    SHIPPING("shipping-service", 3),
    SANDBOX("sandbox", 4);

    private final String module;
    private final int offset;

    Part(String module, int offset) {
        this.module = module;
        this.offset = offset;
    }

    /** The Maven module, and the name under which people meet it. */
    String module() {
        return module;
    }

    /** The database of a service: its module's name without "-service". */
    String database() {
        return module.replace("-service", "");
    }

    /** Counted from the base port. */
    int offset() {
        return offset;
    }

    boolean isService() {
        return this != SANDBOX;
    }
}
