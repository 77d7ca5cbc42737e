package shop.checkout.orchestrator.api;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.jdbc.Columns;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.engine.StartGuard;
import shop.checkout.orchestrator.engine.StartRequest;

/**
 * Lets a return start if its key is new and no return of its order is open or completed. The returns of an order are
 * numbered, and the next number is only given once the one before was rejected; of requests that want the same number at the
 * same time, one gets it.
 */
final class ReturnGuard implements StartGuard<ReturnTicket> {

    /** Of several returns of one order in the batch, only the first is asked for: the others would come too late anyway. */
    private static final String CLAIM = """
            insert into checkout_return (order_id, number, return_id)
            select distinct on (new.order_id) new.order_id, coalesce(last.number, 0) + 1, new.return_id
              from unnest(?::uuid[], ?::uuid[]) as new (order_id, return_id)
              left join lateral (select r.number, s.status
                                   from checkout_return r join saga s on s.id = r.return_id
                                  where r.order_id = new.order_id order by r.number desc limit 1) as last on true
             where last.number is null or last.status = 'REJECTED'
             order by new.order_id, new.return_id
                on conflict do nothing
            returning return_id
            """;

    private final IdempotencyKeys keys;
    private final JdbcTemplate jdbc;

    ReturnGuard(IdempotencyKeys keys, JdbcTemplate jdbc) {
        this.keys = keys;
        this.jdbc = jdbc;
    }

    /** @throws KeyInUse when another transaction holds on to one of the keys or orders */
    @Override
    public Set<SagaId> admit(List<StartRequest<ReturnTicket>> requests) {
        var byKey = keys.admit(requests.stream().map(ReturnGuard::keyed).toList());
        var admitted = requests.stream()
                .filter(request -> byKey.contains(request.saga().id()))
                .toList();
        var claimed = claim(admitted);
        keys.withdraw(admitted.stream()
                .filter(request -> !claimed.contains(request.saga().id()))
                .map(ReturnGuard::keyed)
                .toList());
        return claimed;
    }

    private static StartRequest<Ticket> keyed(StartRequest<ReturnTicket> request) {
        return new StartRequest<>(request.saga(), request.ticket().ticket());
    }

    private Set<SagaId> claim(List<StartRequest<ReturnTicket>> requests) {
        if (requests.isEmpty()) {
            return Set.of();
        }
        var columns = Columns.of(requests)
                .text(request -> request.ticket().order())
                .text(request -> request.saga().id())
                .arrays();
        return KeyInUse.noticed(() ->
                jdbc.query(CLAIM, (row, _) -> SagaId.parse(row.getString("return_id")), columns).stream()
                        .collect(toSet()));
    }
}
