package shop.checkout.shipping.shipment;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.checkout.contract.OrderId;
import shop.checkout.message.MessageKey;

/** Reads shipments, as they were committed last. */
@Service
@Transactional(readOnly = true)
public class ShipmentQueries {

    private final ShipmentRepository shipments;

    ShipmentQueries(ShipmentRepository shipments) {
        this.shipments = shipments;
    }

    /** The latest attempt. */
    public Optional<ShipmentStatus> shipment(OrderId orderId) {
        return shipments
                .findFirstByIdOrderIdOrderByCreatedAtDesc(orderId.value())
                .map(StoredShipment::status);
    }

    /** The youngest orders' shipments first: order ids grow with time. */
    public List<ShipmentStatus> youngest(Set<ShipmentState> states, int limit) {
        return statuses(shipments.youngest(states, Limit.of(limit)));
    }

    /** The next older ones. */
    public List<ShipmentStatus> olderThan(MessageKey shipment, Set<ShipmentState> states, int limit) {
        return statuses(shipments.olderThan(shipment.sagaId().value(), shipment.name(), states, Limit.of(limit)));
    }

    /** How many shipments are in each state. */
    public Map<ShipmentState, Long> countByState() {
        var counts = new EnumMap<ShipmentState, Long>(ShipmentState.class);
        for (var state : ShipmentState.values()) {
            counts.put(state, 0L);
        }
        shipments.countByState().forEach(it -> counts.put(it.state(), it.count()));
        return counts;
    }

    private static List<ShipmentStatus> statuses(List<StoredShipment> stored) {
        return stored.stream().map(StoredShipment::status).toList();
    }
}
