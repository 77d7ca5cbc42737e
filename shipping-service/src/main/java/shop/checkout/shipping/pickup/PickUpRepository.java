package shop.checkout.shipping.pickup;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface PickUpRepository extends Repository<StoredPickUp, PickUpId> {

    Optional<StoredPickUp> findFirstByIdSagaIdOrderByCreatedAtDesc(UUID sagaId);

    @Query("select p from StoredPickUp p order by p.id.sagaId desc, p.id.command desc")
    List<StoredPickUp> youngest(Limit limit);

    @Query("""
            select p from StoredPickUp p
             where p.id.sagaId < :sagaId or (p.id.sagaId = :sagaId and p.id.command < :command)
             order by p.id.sagaId desc, p.id.command desc
            """)
    List<StoredPickUp> olderThan(UUID sagaId, String command, Limit limit);
}
