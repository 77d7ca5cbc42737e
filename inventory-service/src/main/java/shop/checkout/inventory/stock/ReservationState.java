package shop.checkout.inventory.stock;

/** What became of an order in inventory. */
public enum ReservationState {
    /** The goods are set aside. */
    RESERVED,
    /** They were set aside and are back on the shelf. */
    RELEASED,
    /** They were set aside and are sold. */
    SOLD,
    /** They were sold, came back, and are for sale again. */
    RETURNED,
    /** There was too little, or no such product. */
    REFUSED,
    /** Undone before anything was done. */
    BLOCKED
}
