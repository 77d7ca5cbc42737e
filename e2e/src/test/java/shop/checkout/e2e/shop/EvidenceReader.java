package shop.checkout.e2e.shop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import shop.checkout.e2e.guarantee.Evidence;
import shop.checkout.e2e.guarantee.Evidence.Request;

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
        return new Evidence(
                List.copyOf(requests),
                sagas.orders(),
                sagas.sagas(),
                goods.stock(),
                all(goods.effects(), money.effects(), parcels.effects()),
                all(goods.holdings(), money.holdings(), parcels.holdings()),
                shop.api().outside(),
                outbox,
                messages.delivered(outbox),
                all(sagas.timers(), messages.pending()));
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
