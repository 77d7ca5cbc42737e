package shop.checkout.e2e.upgrade;

import shop.checkout.e2e.shop.Part;

/** A service that is upgraded. */
enum Service {
    INVENTORY(Part.INVENTORY, "inbox"),
    PAYMENT(Part.PAYMENT, "charge"),
    SHIPPING(Part.SHIPPING, "shipment"),
    ORCHESTRATOR(Part.ORCHESTRATOR, "saga");

    private final Part part;
    private final String table;

    Service(Part part, String table) {
        this.part = part;
        this.table = table;
    }

    Part part() {
        return part;
    }

    /** The table that its next build adds a column to. */
    String table() {
        return table;
    }
}
