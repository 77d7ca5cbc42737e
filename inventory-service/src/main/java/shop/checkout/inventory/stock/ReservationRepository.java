package shop.checkout.inventory.stock;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ReservationRepository extends Repository<StoredReservation, UUID> {

    record StateCount(ReservationState state, long count) {}

    Optional<StoredReservation> findByOrderId(UUID orderId);

    List<StoredReservation> findAllByOrderByOrderIdDesc(Limit limit);

    List<StoredReservation> findByOrderIdLessThanOrderByOrderIdDesc(UUID before, Limit limit);

    @Query("select r.state, count(r) from StoredReservation r group by r.state")
    List<StateCount> countByState();
}
