package shop.checkout.contract;

/** The topics and who owns them. The owner creates its topics; nobody else does. */
public final class Topics {

    /** Never changed: the partition of a saga is a function of its id. */
    public static final int PARTITIONS = 12;

    public static final String INVENTORY_COMMANDS = "inventory.commands";
    public static final String PAYMENT_COMMANDS = "payment.commands";
    public static final String SHIPPING_COMMANDS = "shipping.commands";
    public static final String CHECKOUT_REPLIES = "checkout.replies";
    public static final String CHECKOUT_EVENTS = "checkout.events";

    private Topics() {}
}
