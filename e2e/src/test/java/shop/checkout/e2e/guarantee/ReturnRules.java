package shop.checkout.e2e.guarantee;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.stream.Stream;
import shop.checkout.e2e.guarantee.Evidence.Deed;
import shop.checkout.e2e.guarantee.Evidence.Saga;

/** G6, G9 and G11 of returns: one at most brings an order back, that order was completed, and a rejected one has no effect. */
final class ReturnRules {

    static final List<Rule> ALL = List.of(ReturnRules::orders, ReturnRules::once, ReturnRules::onlyIfCompleted);

    private ReturnRules() {}

    private static Stream<Violation> orders(Evidence evidence) {
        var sagas = evidence.sagas().stream().collect(toMap(Saga::id, identity()));
        return evidence.sagas().stream()
                .flatMap(saga -> saga.returns().stream()
                        .filter(order -> {
                            var checkout = sagas.get(order);
                            return checkout == null
                                    || !checkout.isCompleted()
                                    || checkout.returns().isPresent();
                        })
                        .map(order -> new Violation(
                                "G11",
                                "saga " + saga.id() + " returns order " + order + ", which is no completed checkout")));
    }

    private static Stream<Violation> once(Evidence evidence) {
        return Returned.in(evidence).byOrder().entrySet().stream()
                .filter(entry ->
                        entry.getValue().stream().filter(Saga::isCompleted).count() > 1)
                .map(entry -> new Violation(
                        "G6",
                        "order " + entry.getKey() + " was returned more than once, by "
                                + entry.getValue().stream().map(Saga::id).toList()));
    }

    private static Stream<Violation> onlyIfCompleted(Evidence evidence) {
        var sagas = evidence.sagas().stream().collect(toMap(Saga::id, identity()));
        return evidence.effects().stream()
                .filter(effect -> effect.deed() == Deed.RETURNED)
                .filter(effect -> {
                    var saga = sagas.get(effect.saga());
                    return saga == null || saga.isRejected() || saga.returns().isEmpty();
                })
                .map(effect -> new Violation(
                        "G9",
                        "saga " + effect.saga() + " is no return that may have brought anything back: " + effect));
    }
}
