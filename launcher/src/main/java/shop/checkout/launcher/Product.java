package shop.checkout.launcher;

/** Something the shop sells, as inventory-service lists it. */
record Product(String sku, String amount, String currency, long available) {}
