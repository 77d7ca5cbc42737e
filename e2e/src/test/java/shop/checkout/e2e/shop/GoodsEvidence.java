package shop.checkout.e2e.shop;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import shop.checkout.e2e.guarantee.Evidence.Deed;
import shop.checkout.e2e.guarantee.Evidence.Effect;
import shop.checkout.e2e.guarantee.Evidence.Holding;
import shop.checkout.e2e.guarantee.Evidence.Service;
import shop.checkout.e2e.guarantee.Evidence.Standing;
import shop.checkout.e2e.guarantee.Evidence.Stock;

/** What inventory's database says. */
final class GoodsEvidence {

    private final Databases databases;

    GoodsEvidence(Databases databases) {
        this.databases = databases;
    }

    List<Stock> stock() {
        return databases.query(
                Part.INVENTORY,
                """
                select sku, initial, restocked, available, reserved, sold from stock
                """,
                row -> new Stock(
                        row.getString("sku"),
                        row.getLong("initial"),
                        row.getLong("restocked"),
                        row.getLong("available"),
                        row.getLong("reserved"),
                        row.getLong("sold")));
    }

    /** @param ordersOfReturns whose goods a return puts back */
    List<Effect> effects(Map<UUID, UUID> ordersOfReturns) {
        return databases.query(
                Part.INVENTORY,
                "select saga_id, message, sku, kind, quantity from stock_ledger order by hlc",
                row -> new Effect(
                        Service.INVENTORY,
                        row.getObject("saga_id", UUID.class),
                        ordersOfReturns.getOrDefault(
                                row.getObject("saga_id", UUID.class), row.getObject("saga_id", UUID.class)),
                        row.getString("message"),
                        row.getString("sku"),
                        switch (row.getString("kind")) {
                            case "RESERVE" -> Deed.DONE;
                            case "RELEASE" -> Deed.UNDONE;
                            case "SELL" -> Deed.SETTLED;
                            case "RESTOCK" -> Deed.RETURNED;
                            default -> throw new AssertionError("unknown movement of goods " + row.getString("kind"));
                        },
                        row.getLong("quantity")));
    }

    List<Holding> holdings() {
        return databases.query(
                Part.INVENTORY,
                """
                select r.order_id, r.state, coalesce(l.sku, '') as sku, coalesce(l.quantity, 0) as quantity
                  from reservation r left join reservation_line l using (order_id)
                """,
                row -> new Holding(
                        Service.INVENTORY,
                        row.getObject("order_id", UUID.class),
                        row.getString("sku"),
                        switch (row.getString("state")) {
                            case "RESERVED" -> Standing.THERE;
                            case "SOLD" -> Standing.SETTLED;
                            case "RETURNED" -> Standing.RETURNED;
                            case "RELEASED" -> Standing.GONE;
                            case "REFUSED", "BLOCKED" -> Standing.NOTHING;
                            default ->
                                throw new AssertionError("unknown state of a reservation " + row.getString("state"));
                        },
                        row.getLong("quantity")));
    }
}
