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
        ReservationState state,
        @Nullable Long total,
        @Nullable String currency,
        @Nullable String refusal,
        @Nullable String refusedSku,
        Hlc hlc) {

    private static final String OUT_OF_STOCK = "OUT_OF_STOCK";
    private static final String UNKNOWN_SKU = "UNKNOWN_SKU";

    static ReservationRow of(OrderId order, Reservation reservation, Hlc hlc) {
        return switch (reservation) {
            case Reservation.Reserved(var goods) -> of(order, ReservationState.RESERVED, goods.total(), hlc);
            case Reservation.Released(var goods) -> of(order, ReservationState.RELEASED, goods.total(), hlc);
            case Reservation.Sold(var goods) -> of(order, ReservationState.SOLD, goods.total(), hlc);
            case Reservation.Returned(var goods) -> of(order, ReservationState.RETURNED, goods.total(), hlc);
            case Reservation.Refused(var answer) -> refused(order, answer, hlc);
            case Reservation.Blocked() ->
                new ReservationRow(order, ReservationState.BLOCKED, null, null, null, null, hlc);
        };
    }

    private static ReservationRow of(OrderId order, ReservationState state, Money total, Hlc hlc) {
        var currency = total.currency().getCurrencyCode();
        return new ReservationRow(order, state, total.minorUnits(), currency, null, null, hlc);
    }

    private static ReservationRow refused(OrderId order, Reply answer, Hlc hlc) {
        return switch (answer) {
            case OutOfStock(var sku) -> refused(order, OUT_OF_STOCK, sku, hlc);
            case UnknownSku(var sku) -> refused(order, UNKNOWN_SKU, sku, hlc);
            case Reserved _ -> throw new IllegalStateException("order " + order + " is refused by " + answer);
        };
    }

    private static ReservationRow refused(OrderId order, String refusal, Sku sku, Hlc hlc) {
        return new ReservationRow(order, ReservationState.REFUSED, null, null, refusal, sku.value(), hlc);
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

    Reservation reservation(Map<Sku, Long> quantities) {
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
