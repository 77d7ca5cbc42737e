package shop.checkout.e2e.guarantee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import shop.checkout.e2e.guarantee.Evidence.Delivered;
import shop.checkout.e2e.guarantee.Evidence.MessageKey;
import shop.checkout.e2e.guarantee.Evidence.Sent;

/** G7, G8 and G10 as far as Kafka's records show them: a saga's messages keep their order, and effects follow causes. */
final class OrderRules {

    static final List<Rule> ALL = List.of(
            OrderRules::onePartition, OrderRules::committedOrder, OrderRules::afterTheirCause, OrderRules::fenced);

    private OrderRules() {}

    private static Stream<Violation> onePartition(Evidence evidence) {
        var partitions = new HashMap<String, Set<Integer>>();
        var found = new ArrayList<Violation>();
        for (var it : evidence.delivered()) {
            if (!it.recordKey().equals(it.key().saga().toString())) {
                found.add(new Violation("G7", "has record key " + it.recordKey() + ", not its saga's id: " + it));
            }
            var seen = partitions.computeIfAbsent(it.topic() + " " + it.recordKey(), _ -> new HashSet<>());
            if (seen.add(it.partition()) && seen.size() == 2) {
                found.add(new Violation("G7", "saga " + it.key().saga() + " is in two partitions of " + it.topic()));
            }
        }
        return found.stream();
    }

    /** The hybrid clock stands for the order of commits: all rows of a saga are written under one lock. */
    private static Stream<Violation> committedOrder(Evidence evidence) {
        record Stretch(String source, String topic, UUID saga) {}
        var seen = new HashSet<Sent>();
        var last = new HashMap<Stretch, Delivered>();
        var found = new ArrayList<Violation>();
        for (var it : evidence.delivered()) {
            if (!seen.add(DeliveryRules.row(it))) {
                continue;
            }
            var before = last.put(new Stretch(it.source(), it.topic(), it.key().saga()), it);
            if (before != null && before.hlc() >= it.hlc()) {
                found.add(new Violation("G7", it + " was written before " + before + ", but arrived after it"));
            }
        }
        return found.stream();
    }

    private static Stream<Violation> afterTheirCause(Evidence evidence) {
        var first = new HashMap<MessageKey, Long>();
        evidence.delivered().forEach(it -> first.merge(it.key(), it.hlc(), Math::min));
        return evidence.delivered().stream()
                .filter(it -> it.cause()
                        .map(first::get)
                        .filter(cause -> cause >= it.hlc())
                        .isPresent())
                .map(it -> new Violation("G8", "is not later than its cause: " + it));
    }

    private static Stream<Violation> fenced(Evidence evidence) {
        record Lane(String source, String topic, int partition) {}
        var highest = new HashMap<Lane, Long>();
        var found = new ArrayList<Violation>();
        for (var it : evidence.delivered()) {
            long before =
                    highest.merge(new Lane(it.source(), it.topic(), it.partition()), it.fencingToken(), Math::max);
            if (before > it.fencingToken()) {
                found.add(new Violation(
                        "G10", "was published under lease " + it.fencingToken() + " after " + before + ": " + it));
            }
        }
        return found.stream();
    }
}
