package shop.checkout.orchestrator.api;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import shop.checkout.orchestrator.saga.SagaStatus;

/**
 * Newest first, each from before a given id. There is a query for each kind of status because each has an index of its own, which
 * PostgreSQL only takes when the query repeats the index's condition in so many words.
 */
interface CheckoutRows extends Repository<CheckoutRow, UUID> {

    Optional<CheckoutRow> findById(UUID id);

    List<CheckoutRow> findByIdIn(Collection<UUID> ids);

    @Query("select c from CheckoutRow c where c.id < :before order by c.id desc")
    List<CheckoutRow> newest(UUID before, Limit limit);

    @Query("""
            select c from CheckoutRow c
             where c.wakeAt is not null and c.status in :statuses and c.id < :before order by c.id desc
            """)
    List<CheckoutRow> newestOpen(Collection<SagaStatus> statuses, UUID before, Limit limit);

    @Query("select c from CheckoutRow c where c.status = REJECTED and c.id < :before order by c.id desc")
    List<CheckoutRow> newestRejected(UUID before, Limit limit);

    @Query("select c from CheckoutRow c where c.status = COMPLETED and c.id < :before order by c.id desc")
    List<CheckoutRow> newestCompleted(UUID before, Limit limit);
}
