package shop.checkout.orchestrator.api;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ReturnRows extends Repository<ReturnRow, UUID> {

    List<ReturnRow> findByIdIn(Collection<UUID> ids);

    /** All there ever were of one checkout, newest first: each next one only after the one before was rejected. */
    @Query(nativeQuery = true, value = """
            select s.* from checkout_return r join saga s on s.id = r.return_id
             where r.order_id = :orderId order by r.number desc
            """)
    List<ReturnRow> ofCheckout(UUID orderId);
}
