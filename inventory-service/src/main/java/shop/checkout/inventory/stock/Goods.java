package shop.checkout.inventory.stock;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;

/** What an order asks for: each product once, however many lines name it, and what all of it costs. */
record Goods(SortedMap<Sku, Long> quantities, Money total) {

    Goods {
        quantities = Collections.unmodifiableSortedMap(new TreeMap<>(quantities));
    }

    static SortedMap<Sku, Long> count(List<OrderLine> lines) {
        var quantities = new TreeMap<Sku, Long>();
        lines.forEach(line -> quantities.merge(line.sku(), (long) line.quantity(), Long::sum));
        return quantities;
    }

    void forEach(BiConsumer<Sku, Long> action) {
        quantities.forEach(action);
    }
}
