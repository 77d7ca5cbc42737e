package shop.checkout.payment.charge;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ChargeRepository extends Repository<StoredCharge, ChargeId> {

    record StateCount(ChargeState state, long count) {}

    record CurrencyTotal(String currency, long captured, long refunded) {}

    Optional<StoredCharge> findFirstByIdOrderIdOrderByCreatedAtDesc(UUID orderId);

    Optional<StoredCharge> findFirstByIdOrderIdAndStateInOrderByCreatedAtDesc(
            UUID orderId, Collection<ChargeState> states);

    @Query("select c from StoredCharge c where c.state in :states order by c.id.orderId desc, c.id.command desc")
    List<StoredCharge> youngest(Collection<ChargeState> states, Limit limit);

    @Query("""
            select c from StoredCharge c
             where c.state in :states
               and (c.id.orderId < :orderId or (c.id.orderId = :orderId and c.id.command < :command))
             order by c.id.orderId desc, c.id.command desc
            """)
    List<StoredCharge> olderThan(UUID orderId, String command, Collection<ChargeState> states, Limit limit);

    @Query("select c.state, count(c) from StoredCharge c group by c.state")
    List<StateCount> countByState();

    @Query("""
            select c.currency, sum(c.captured), sum(c.refunded) from StoredCharge c
             where c.currency is not null
             group by c.currency
             order by c.currency
            """)
    List<CurrencyTotal> totals();
}
