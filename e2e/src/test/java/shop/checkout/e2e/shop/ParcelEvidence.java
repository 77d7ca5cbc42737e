package shop.checkout.e2e.shop;

import java.util.List;
import java.util.UUID;
import shop.checkout.e2e.guarantee.Evidence.Deed;
import shop.checkout.e2e.guarantee.Evidence.Effect;
import shop.checkout.e2e.guarantee.Evidence.Holding;
import shop.checkout.e2e.guarantee.Evidence.Service;
import shop.checkout.e2e.guarantee.Evidence.Standing;

/** What shipping's database says. */
final class ParcelEvidence {

    private final Databases databases;

    ParcelEvidence(Databases databases) {
        this.databases = databases;
    }

    List<Effect> effects() {
        return databases.query(
                Part.SHIPPING,
                """
                select order_id as saga_id, message, kind, hlc from shipment_ledger
                union all
                select saga_id, message, kind, hlc from pick_up_ledger order by hlc
                """,
                row -> new Effect(
                        Service.SHIPPING,
                        row.getObject("saga_id", UUID.class),
                        row.getString("message"),
                        "",
                        switch (row.getString("kind")) {
                            case "SHIP", "SCHEDULE" -> Deed.DONE;
                            case "CANCEL" -> Deed.UNDONE;
                            default -> throw new AssertionError("unknown move of a parcel " + row.getString("kind"));
                        },
                        1));
    }

    List<Holding> holdings() {
        return databases.query(
                Part.SHIPPING,
                "select order_id as saga_id, state from shipment union all select saga_id, state from pick_up",
                row -> new Holding(
                        Service.SHIPPING,
                        row.getObject("saga_id", UUID.class),
                        "",
                        switch (row.getString("state")) {
                            case "PENDING", "CANCELLING", "UNDOING" -> Standing.PENDING;
                            case "CREATED", "DONE" -> Standing.THERE;
                            case "CANCELLED", "REVERSED" -> Standing.GONE;
                            case "UNDELIVERABLE", "VOIDED", "BLOCKED", "REFUSED" -> Standing.NOTHING;
                            default ->
                                throw new AssertionError("unknown state of a shipment " + row.getString("state"));
                        },
                        1));
    }
}
