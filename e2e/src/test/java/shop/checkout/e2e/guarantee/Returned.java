package shop.checkout.e2e.guarantee;

import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import shop.checkout.e2e.guarantee.Evidence.Saga;

/** Which orders were, or are being, returned by which sagas. */
record Returned(Map<UUID, List<Saga>> byOrder) {

    static Returned in(Evidence evidence) {
        return new Returned(evidence.sagas().stream()
                .filter(saga -> saga.returns().isPresent())
                .collect(groupingBy(saga -> saga.returns().orElseThrow())));
    }

    /** What completed returns gave back of an order, in minor units. */
    long money(UUID order) {
        return of(order).stream()
                .filter(Saga::isCompleted)
                .mapToLong(saga -> saga.total().orElse(0L))
                .sum();
    }

    boolean isBack(UUID order) {
        return of(order).stream().anyMatch(Saga::isCompleted);
    }

    /** Nothing can be said about it yet. */
    boolean isOnItsWay(UUID order) {
        return of(order).stream().anyMatch(Saga::isOpen);
    }

    private List<Saga> of(UUID order) {
        return byOrder.getOrDefault(order, List.of());
    }
}
