package shop.checkout.e2e.shop;

import java.util.List;
import java.util.UUID;
import shop.checkout.e2e.guarantee.Evidence.Deed;
import shop.checkout.e2e.guarantee.Evidence.Effect;
import shop.checkout.e2e.guarantee.Evidence.Holding;
import shop.checkout.e2e.guarantee.Evidence.Service;
import shop.checkout.e2e.guarantee.Evidence.Standing;

/** What payment's database says. */
final class MoneyEvidence {

    private final Databases databases;

    MoneyEvidence(Databases databases) {
        this.databases = databases;
    }

    List<Effect> effects() {
        return databases.query(
                Part.PAYMENT,
                """
                select coalesce(return_id, order_id) as saga_id, order_id, message, kind, amount
                  from payment_ledger order by seq
                """,
                row -> new Effect(
                        Service.PAYMENT,
                        row.getObject("saga_id", UUID.class),
                        row.getObject("order_id", UUID.class),
                        row.getString("message"),
                        "",
                        switch (row.getString("kind")) {
                            case "CAPTURE" -> Deed.DONE;
                            case "REFUND" -> Deed.UNDONE;
                            case "RETURN" -> Deed.RETURNED;
                            default -> throw new AssertionError("unknown movement of money " + row.getString("kind"));
                        },
                        row.getLong("amount")));
    }

    List<Holding> holdings() {
        return databases.query(
                Part.PAYMENT,
                """
                select c.order_id as saga_id, c.amount,
                       case when r.saga_id is null or c.state <> 'REFUNDED' then c.state else 'RETURNED' end as state
                  from charge c left join return_refund r on r.order_id = c.order_id and r.state = 'DONE'
                union all
                select saga_id, 0, state from return_refund
                """,
                row -> new Holding(
                        Service.PAYMENT,
                        row.getObject("saga_id", UUID.class),
                        "",
                        switch (row.getString("state")) {
                            case "PENDING", "REFUNDING" -> Standing.PENDING;
                            case "CHARGED", "DONE" -> Standing.THERE;
                            case "RETURNED" -> Standing.RETURNED;
                            case "REFUNDED" -> Standing.GONE;
                            case "DECLINED", "VOIDED", "BLOCKED", "REFUSED" -> Standing.NOTHING;
                            default -> throw new AssertionError("unknown state of a charge " + row.getString("state"));
                        },
                        row.getLong("amount")));
    }
}
