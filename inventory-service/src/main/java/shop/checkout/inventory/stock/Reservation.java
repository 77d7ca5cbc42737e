package shop.checkout.inventory.stock;

import shop.checkout.contract.inventory.ReserveInventory;

/** What became of an order here. Once made it is kept for good, so that a late command meets it. */
sealed interface Reservation {

    /** The goods are set aside. */
    record Reserved(Goods goods) implements Reservation {}

    /** They were set aside and are back on the shelf. */
    record Released(Goods goods) implements Reservation {}

    /** They were set aside and are sold: only a return brings them back. */
    record Sold(Goods goods) implements Reservation {}

    /** They were sold and have come back, once and for all. */
    record Returned(Goods goods) implements Reservation {}

    /** Nothing was set aside. The same question gets the same answer, even when there is stock again. */
    record Refused(ReserveInventory.Reply answer) implements Reservation {}

    /** Undone before anything was done: nothing was set aside, and nothing will be. */
    record Blocked() implements Reservation {}
}
