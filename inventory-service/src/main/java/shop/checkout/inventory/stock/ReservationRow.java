package shop.checkout.inventory.stock;

import static java.util.Objects.requireNonNull;

import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.Sku;
import shop.checkout.contract.inventory.ReserveInventory.OutOfStock;
import shop.checkout.contract.inventory.ReserveInventory.Reply;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.contract.inventory.ReserveInventory.UnknownSku;
import shop.checkout.time.Hlc;

/** A reservation as it is stored; which columns are filled depends on the state, and the database checks it. */
record ReservationRow(
        OrderId order,
        int attempt,
        ReservationState state,
        @Nullable Long total,
        @Nullable String currency,
        @Nullable String refusal,
        @Nullable String refusedSku,
        Hlc hlc) {

    private static final String OUT_OF_STOCK = "OUT_OF_STOCK";
    private static final String UNKNOWN_SKU = "UNKNOWN_SKU";

    static ReservationRow of(OrderId order, Standing standing, Hlc hlc) {
        var bare = new ReservationRow(
                order, standing.attempt(), state(standing.reservation()), null, null, null, null, hlc);
        return switch (standing.reservation()) {
            case Reservation.Refused(var answer) -> bare.refusedBy(answer);
            case Reservation other -> goods(other).map(bare::costing).orElse(bare);
        };
    }

    private static ReservationState state(Reservation reservation) {
        return switch (reservation) {
            case Reservation.Reserved _ -> ReservationState.RESERVED;
            case Reservation.Released _ -> ReservationState.RELEASED;
            case Reservation.Sold _ -> ReservationState.SOLD;
            case Reservation.Returned _ -> ReservationState.RETURNED;
            case Reservation.Refused _ -> ReservationState.REFUSED;
            case Reservation.Blocked _ -> ReservationState.BLOCKED;
        };
    }

    private ReservationRow costing(Goods goods) {
        var currency = goods.total().currency().getCurrencyCode();
        return new ReservationRow(order, attempt, state, goods.total().minorUnits(), currency, null, null, hlc);
    }

    private ReservationRow refusedBy(Reply answer) {
        return switch (answer) {
            case OutOfStock(var sku) -> refused(OUT_OF_STOCK, sku);
            case UnknownSku(var sku) -> refused(UNKNOWN_SKU, sku);
            case Reserved _ -> throw new IllegalStateException("order " + order + " is refused by " + answer);
        };
    }

    private ReservationRow refused(String why, Sku sku) {
        return new ReservationRow(order, attempt, state, null, null, why, sku.value(), hlc);
    }

    /** What was set aside, if anything ever was. */
    static Optional<Goods> goods(Reservation reservation) {
        return switch (reservation) {
            case Reservation.Reserved(var goods) -> Optional.of(goods);
            case Reservation.Released(var goods) -> Optional.of(goods);
            case Reservation.Sold(var goods) -> Optional.of(goods);
            case Reservation.Returned(var goods) -> Optional.of(goods);
            case Reservation.Refused _, Reservation.Blocked _ -> Optional.empty();
        };
    }

    Standing standing(Map<Sku, Long> quantities) {
        return new Standing(attempt, reservation(quantities));
    }

    private Reservation reservation(Map<Sku, Long> quantities) {
        return switch (state) {
            case RESERVED -> new Reservation.Reserved(goods(quantities));
            case RELEASED -> new Reservation.Released(goods(quantities));
            case SOLD -> new Reservation.Sold(goods(quantities));
            case RETURNED -> new Reservation.Returned(goods(quantities));
            case REFUSED -> new Reservation.Refused(answer());
            case BLOCKED -> new Reservation.Blocked();
        };
    }

    private Goods goods(Map<Sku, Long> quantities) {
        var total = Money.ofMinor(requireNonNull(this.total), Currency.getInstance(requireNonNull(currency)));
        return new Goods(new TreeMap<>(quantities), total);
    }

    private Reply answer() {
        var sku = new Sku(requireNonNull(refusedSku));
        return OUT_OF_STOCK.equals(refusal) ? new OutOfStock(sku) : new UnknownSku(sku);
    }
}
