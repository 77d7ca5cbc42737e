package shop.checkout.orchestrator.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import shop.checkout.codec.Codec;
import shop.checkout.contract.OrderId;
import shop.checkout.message.SagaId;

/** Shows returns as they were last committed. */
final class Returns {

    private final ReturnRows rows;
    private final Codec codec;

    Returns(ReturnRows rows, Codec codec) {
        this.rows = rows;
        this.codec = codec;
    }

    Optional<ReturnView> find(SagaId id) {
        return Optional.ofNullable(find(List.of(id)).get(id));
    }

    /** Those that there are, in one round trip. */
    Map<SagaId, ReturnView> find(Collection<SagaId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return rows.findByIdIn(ids.stream().map(SagaId::value).toList()).stream()
                .map(row -> row.view(codec))
                .collect(Collectors.toMap(ReturnView::id, view -> view));
    }

    /** The few of one checkout, newest first. */
    List<ReturnView> of(OrderId order) {
        return rows.ofCheckout(order.value()).stream()
                .map(row -> row.view(codec))
                .toList();
    }
}
