package shop.checkout.shipping.pickup;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.checkout.contract.ReturnId;
import shop.checkout.message.MessageKey;

/** Reads pick-ups, as they were committed last. */
@Service
@Transactional(readOnly = true)
public class PickUpQueries {

    private final PickUpRepository pickUps;

    PickUpQueries(PickUpRepository pickUps) {
        this.pickUps = pickUps;
    }

    /** The latest attempt. */
    public Optional<PickUpStatus> pickUp(ReturnId returnId) {
        return pickUps.findFirstByIdSagaIdOrderByCreatedAtDesc(returnId.value()).map(StoredPickUp::status);
    }

    /** The youngest returns' pick-ups first: return ids grow with time. */
    public List<PickUpStatus> youngest(int limit) {
        return statuses(pickUps.youngest(Limit.of(limit)));
    }

    /** The next older ones. */
    public List<PickUpStatus> olderThan(MessageKey pickUp, int limit) {
        return statuses(pickUps.olderThan(pickUp.sagaId().value(), pickUp.name(), Limit.of(limit)));
    }

    private static List<PickUpStatus> statuses(List<StoredPickUp> stored) {
        return stored.stream().map(StoredPickUp::status).toList();
    }
}
