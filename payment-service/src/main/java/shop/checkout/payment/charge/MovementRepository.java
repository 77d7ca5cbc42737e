package shop.checkout.payment.charge;

import java.util.List;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface MovementRepository extends Repository<StoredMovement, Long> {

    List<StoredMovement> findByOrderIdOrderBySeq(UUID orderId);
}
