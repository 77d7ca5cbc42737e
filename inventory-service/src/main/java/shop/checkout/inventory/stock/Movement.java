package shop.checkout.inventory.stock;

import shop.checkout.contract.Sku;
import shop.checkout.message.MessageKey;

/** Goods that a message moved: a row of the ledger. */
record Movement(MessageKey message, Sku sku, Kind kind, long quantity) {

    enum Kind {
        RESERVE,
        RELEASE,
        SELL,
        RESTOCK
    }
}
