package shop.checkout.shipping.shipment;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ShipmentRepository extends Repository<StoredShipment, ShipmentId> {

    record StateCount(ShipmentState state, long count) {}

    Optional<StoredShipment> findFirstByIdOrderIdOrderByCreatedAtDesc(UUID orderId);

    @Query("select s from StoredShipment s where s.state in :states order by s.id.orderId desc, s.id.command desc")
    List<StoredShipment> youngest(Collection<ShipmentState> states, Limit limit);

    @Query("""
            select s from StoredShipment s
             where s.state in :states
               and (s.id.orderId < :orderId or (s.id.orderId = :orderId and s.id.command < :command))
             order by s.id.orderId desc, s.id.command desc
            """)
    List<StoredShipment> olderThan(UUID orderId, String command, Collection<ShipmentState> states, Limit limit);

    @Query("select s.state, count(s) from StoredShipment s group by s.state")
    List<StateCount> countByState();
}
