package shop.checkout.e2e.shop;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import shop.checkout.e2e.guarantee.Evidence;
import shop.checkout.e2e.guarantee.Evidence.Request;
import shop.checkout.e2e.guarantee.Evidence.Saga;

/** Collects what a run has left behind, from every database, every topic, and the outside world. */
public final class EvidenceReader {

    private EvidenceReader() {}

    /** Reads it all from a shop that has come to {@linkplain Quiet rest}. */
    public static Evidence read(RunningShop shop, Collection<Request> requests) {
        var databases = shop.databases();
        var messages = new MessageEvidence(databases, shop.topics());
        var goods = new GoodsEvidence(databases);
        var money = new MoneyEvidence(databases);
        var parcels = new ParcelEvidence(databases);
        var sagas = new SagaEvidence(databases);
        var outbox = messages.outbox();
        var known = sagas.sagas();
        return new Evidence(
                List.copyOf(requests),
                sagas.orders(),
                known,
                goods.stock(),
                all(goods.effects(ordersOfReturns(known)), money.effects(), parcels.effects()),
                all(goods.holdings(), money.holdings(), parcels.holdings()),
                shop.api().outside(),
                outbox,
                messages.delivered(outbox),
                all(sagas.timers(), messages.pending()),
                sagas.audit());
    }

    private static Map<UUID, UUID> ordersOfReturns(List<Saga> sagas) {
        return sagas.stream()
                .filter(saga -> saga.returns().isPresent())
                .collect(toMap(Saga::id, saga -> saga.returns().orElseThrow()));
    }

    @SafeVarargs
    private static <T> List<T> all(List<T>... lists) {
        var all = new ArrayList<T>();
        for (var list : lists) {
            all.addAll(list);
        }
        return all;
    }
}
