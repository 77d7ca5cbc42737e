package shop.checkout.e2e.guarantee;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import shop.checkout.e2e.guarantee.Evidence.Deed;
import shop.checkout.e2e.guarantee.Evidence.Effect;
import shop.checkout.e2e.guarantee.Evidence.Outside;
import shop.checkout.e2e.guarantee.Evidence.Saga;
import shop.checkout.e2e.guarantee.Evidence.Service;

/**
 * G1: a completed order is paid exactly once, less what completed returns gave back, any other not at all, by the provider's
 * books and by ours.
 */
final class MoneyRules {

    static final List<Rule> ALL =
            List.of(MoneyRules::provider, MoneyRules::strangers, MoneyRules::ledger, MoneyRules::prefixes);

    private static final String RULE = "G1";

    private MoneyRules() {}

    private static Stream<Violation> provider(Evidence evidence) {
        var outside = evidence.outside().stream().collect(toMap(Outside::saga, identity(), MoneyRules::sum));
        var returned = Returned.in(evidence);
        return evidence.sagas().stream().flatMap(saga -> {
            var books = outside.getOrDefault(saga.id(), new Outside(saga.id(), 0, 0, 0, 0, 0, 0));
            return wrong(saga, returned, "the payment provider", books.captured() - books.refunded());
        });
    }

    private static Stream<Violation> strangers(Evidence evidence) {
        var known = evidence.sagas().stream().collect(toMap(Saga::id, identity()));
        return evidence.outside().stream()
                .filter(books -> books.captured() != books.refunded() && !known.containsKey(books.saga()))
                .map(books -> new Violation(
                        RULE, "the payment provider holds money of order " + books.saga() + ", which is no saga"));
    }

    private static Stream<Violation> ledger(Evidence evidence) {
        var net = moves(evidence).entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .mapToLong(MoneyRules::signed)
                                .sum()));
        var returned = Returned.in(evidence);
        return evidence.sagas().stream()
                .flatMap(saga -> wrong(saga, returned, "the payment ledger", net.getOrDefault(saga.id(), 0L)));
    }

    private static Stream<Violation> prefixes(Evidence evidence) {
        var found = new ArrayList<Violation>();
        moves(evidence).forEach((saga, moves) -> {
            long balance = 0;
            for (var move : moves) {
                balance += signed(move);
                if (balance < 0) {
                    found.add(new Violation(
                            RULE,
                            "saga " + saga + " had more refunded than captured when " + move.message() + " acted"));
                    break;
                }
            }
        });
        return found.stream();
    }

    private static Stream<Violation> wrong(Saga saga, Returned returned, String where, long net) {
        boolean isPaid = saga.isCompleted() && saga.returns().isEmpty();
        long due = isPaid ? saga.total().orElse(0L) - returned.money(saga.id()) : 0;
        return saga.isOpen() || returned.isOnItsWay(saga.id()) || net == due
                ? Stream.empty()
                : Stream.of(new Violation(
                        RULE,
                        "saga " + saga.id() + " is " + saga.status() + " and owes " + due + ", but " + where
                                + " has taken " + net));
    }

    private static Map<UUID, List<Effect>> moves(Evidence evidence) {
        return evidence.effects().stream()
                .filter(effect -> effect.service() == Service.PAYMENT)
                .collect(groupingBy(Effect::owner));
    }

    private static long signed(Effect effect) {
        return effect.deed() == Deed.DONE ? effect.amount() : -effect.amount();
    }

    private static Outside sum(Outside a, Outside b) {
        return new Outside(
                a.saga(),
                a.captured() + b.captured(),
                a.refunded() + b.refunded(),
                a.captures() + b.captures(),
                a.refunds() + b.refunds(),
                a.shipments() + b.shipments(),
                a.cancellations() + b.cancellations(),
                a.pickUps() + b.pickUps(),
                a.pickUpCancellations() + b.pickUpCancellations());
    }
}
