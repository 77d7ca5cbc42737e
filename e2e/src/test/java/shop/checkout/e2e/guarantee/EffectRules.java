package shop.checkout.e2e.guarantee;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shop.checkout.e2e.guarantee.Evidence.Deed;
import shop.checkout.e2e.guarantee.Evidence.Effect;
import shop.checkout.e2e.guarantee.Evidence.Holding;
import shop.checkout.e2e.guarantee.Evidence.Outside;
import shop.checkout.e2e.guarantee.Evidence.Saga;
import shop.checkout.e2e.guarantee.Evidence.Service;
import shop.checkout.e2e.guarantee.Evidence.Standing;

/** G6, G9 and G11 at the participants: each message acts once, an undo follows its deed, and nothing is left behind. */
final class EffectRules {

    static final List<Rule> ALL =
            List.of(EffectRules::once, EffectRules::onceOutside, EffectRules::inOrder, EffectRules::holdings);

    private EffectRules() {}

    private static Stream<Violation> once(Evidence evidence) {
        record Act(Service service, Object saga, String message, String item) {}
        return evidence.effects().stream()
                .collect(groupingBy(
                        effect -> new Act(effect.service(), effect.saga(), effect.message(), effect.item()),
                        counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> new Violation("G6", entry.getKey() + " took effect " + entry.getValue() + " times"));
    }

    private static Stream<Violation> onceOutside(Evidence evidence) {
        return evidence.outside().stream()
                .filter(it -> Stream.of(
                                it.captures(),
                                it.refunds(),
                                it.shipments(),
                                it.cancellations(),
                                it.pickUps(),
                                it.pickUpCancellations())
                        .anyMatch(times -> times > 1))
                .map(it -> new Violation("G6", "something happened twice outside: " + it));
    }

    private static Stream<Violation> inOrder(Evidence evidence) {
        record About(Service service, Object owner, String item) {}
        var found = new ArrayList<Violation>();
        evidence.effects().stream()
                .collect(groupingBy(effect -> new About(effect.service(), effect.owner(), effect.item())))
                .forEach((about, effects) -> {
                    var deeds = effects.stream().map(Effect::deed).toList();
                    if (deeds.getFirst() != Deed.DONE) {
                        found.add(new Violation("G9", about + " was undone or settled before it was done: " + deeds));
                    } else if (deeds.stream().skip(1).anyMatch(deed -> deed == Deed.DONE)) {
                        found.add(new Violation("G9", about + " was done again later: " + deeds));
                    } else if (deeds.contains(Deed.RETURNED) && !cameBack(about.service(), deeds)) {
                        found.add(new Violation("G9", about + " came back more than once, or was not sold: " + deeds));
                    } else if (ends(deeds) > 1) {
                        found.add(new Violation("G9", about + " ended more than once: " + deeds));
                    }
                });
        return found.stream();
    }

    /** Once and at the end: goods after their sale, money after it was taken. */
    private static boolean cameBack(Service service, List<Deed> deeds) {
        var before = service == Service.PAYMENT ? List.of(Deed.DONE) : List.of(Deed.DONE, Deed.SETTLED);
        return deeds.getLast() == Deed.RETURNED
                && deeds.subList(0, deeds.size() - 1).equals(before);
    }

    private static long ends(List<Deed> deeds) {
        return deeds.stream()
                .filter(deed -> deed == Deed.UNDONE || deed == Deed.SETTLED)
                .count();
    }

    private static Stream<Violation> holdings(Evidence evidence) {
        var sagas = evidence.sagas().stream().collect(toMap(Saga::id, identity()));
        var outside = evidence.outside().stream().collect(toMap(Outside::saga, identity(), (a, _) -> a));
        var returned = Returned.in(evidence);
        return evidence.holdings().stream().flatMap(holding -> {
            var saga = sagas.get(holding.saga());
            if (saga == null) {
                return Stream.of(new Violation("G11", "there is no saga for " + holding));
            }
            return Stream.concat(
                    agreesWithSaga(holding, saga, returned), agreesWithOutside(holding, outside.get(holding.saga())));
        });
    }

    private static Stream<Violation> agreesWithSaga(Holding holding, Saga saga, Returned returned) {
        var allowed = saga.isCompleted()
                ? List.of(whenCompleted(holding, returned.isBack(saga.id())))
                : List.of(Standing.NOTHING, Standing.GONE);
        return saga.isOpen() || returned.isOnItsWay(saga.id()) || allowed.contains(holding.standing())
                ? Stream.empty()
                : Stream.of(
                        new Violation("G11", "saga " + saga.id() + " is " + saga.status() + ", but left " + holding));
    }

    private static Standing whenCompleted(Holding holding, boolean isBack) {
        return switch (holding.service()) {
            case INVENTORY -> isBack ? Standing.RETURNED : Standing.SETTLED;
            case PAYMENT -> isBack ? Standing.RETURNED : Standing.THERE;
            case SHIPPING -> Standing.THERE;
        };
    }

    private static Stream<Violation> agreesWithOutside(Holding holding, @Nullable Outside outside) {
        var parcels = outside == null ? 0 : parcels(outside);
        var there = holding.standing() == Standing.THERE ? 1 : 0;
        return holding.service() != Service.SHIPPING || parcels == there
                ? Stream.empty()
                : Stream.of(new Violation(
                        "G9",
                        "saga " + holding.saga() + " has " + parcels + " parcels at the carrier, but " + holding));
    }

    /** Those on their way to a customer, of an order; those to be fetched from one, of a return. */
    private static int parcels(Outside outside) {
        return outside.shipments() - outside.cancellations() + outside.pickUps() - outside.pickUpCancellations();
    }
}
