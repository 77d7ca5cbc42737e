package shop.checkout.inventory.stock;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.Sku;

/** Reads stock and reservations, as they were committed last. */
@Service
@Transactional(readOnly = true)
public class StockQueries {

    private final StockRepository stock;
    private final ReservationRepository reservations;

    StockQueries(StockRepository stock, ReservationRepository reservations) {
        this.stock = stock;
        this.reservations = reservations;
    }

    /** Every product, by SKU. */
    public List<StockLevel> stock() {
        return stock.findAllByOrderBySku().stream().map(StoredStock::level).toList();
    }

    public Optional<StockLevel> stock(Sku sku) {
        return stock.findBySku(sku.value()).map(StoredStock::level);
    }

    public Optional<ReservationStatus> reservation(OrderId orderId) {
        return reservations.findByOrderId(orderId.value()).map(StoredReservation::status);
    }

    /** The youngest orders' reservations first: order ids grow with time. */
    public List<ReservationStatus> youngest(int limit) {
        return statuses(reservations.findAllByOrderByOrderIdDesc(Limit.of(limit)));
    }

    /** The next older ones. */
    public List<ReservationStatus> olderThan(OrderId orderId, int limit) {
        return statuses(reservations.findByOrderIdLessThanOrderByOrderIdDesc(orderId.value(), Limit.of(limit)));
    }

    /** How many reservations are in each state. */
    public Map<ReservationState, Long> countByState() {
        var counts = new EnumMap<ReservationState, Long>(ReservationState.class);
        for (var state : ReservationState.values()) {
            counts.put(state, 0L);
        }
        reservations.countByState().forEach(it -> counts.put(it.state(), it.count()));
        return counts;
    }

    private static List<ReservationStatus> statuses(List<StoredReservation> stored) {
        return stored.stream().map(StoredReservation::status).toList();
    }
}
