package shop.checkout.e2e.guarantee;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import shop.checkout.e2e.guarantee.Evidence.Change;
import shop.checkout.e2e.guarantee.Evidence.Delivered;
import shop.checkout.e2e.guarantee.Evidence.History;
import shop.checkout.e2e.guarantee.Evidence.MessageKey;
import shop.checkout.e2e.guarantee.Evidence.Saga;
import shop.checkout.e2e.guarantee.Evidence.Sent;

/** G5 and G16: what was committed is published, what is published was committed, and neither without measure. */
final class DeliveryRules {

    static final List<Rule> ALL =
            List.of(DeliveryRules::published, DeliveryRules::committed, DeliveryRules::copies, DeliveryRules::sends);

    /** One, and one more for each time that two relays in a row fell between Kafka's acknowledgement and their own note of it. */
    private static final int MAX_COPIES = 3;

    private DeliveryRules() {}

    private static Stream<Violation> published(Evidence evidence) {
        var delivered = evidence.delivered().stream().map(DeliveryRules::row).collect(toSet());
        return evidence.outbox().stream()
                .filter(row -> !delivered.contains(row))
                .map(row -> new Violation("G5", "was committed, but never reached Kafka: " + row));
    }

    private static Stream<Violation> committed(Evidence evidence) {
        var rows = evidence.outbox().stream().collect(toSet());
        return evidence.delivered().stream()
                .filter(it -> !rows.contains(row(it)))
                .map(it -> new Violation("G5", "is on Kafka, but was never committed: " + it));
    }

    private static Stream<Violation> copies(Evidence evidence) {
        var rows = evidence.outbox().stream().collect(groupingBy(row -> row, counting())).entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> new Violation("G16", "was written " + entry.getValue() + " times: " + entry.getKey()));
        var records =
                evidence.delivered().stream().collect(groupingBy(DeliveryRules::row, counting())).entrySet().stream()
                        .filter(entry -> entry.getValue() > MAX_COPIES)
                        .map(entry -> new Violation(
                                "G16", "was published " + entry.getValue() + " times: " + entry.getKey()));
        return Stream.concat(rows, records);
    }

    /** A command is sent once, and once more for each time that its saga's history says so. */
    private static Stream<Violation> sends(Evidence evidence) {
        var asked = new HashMap<MessageKey, Integer>();
        evidence.sagas().forEach(saga -> asked.putAll(asked(saga)));
        return evidence.outbox().stream()
                .filter(row -> row.topic().endsWith(".commands") && row.send() > asked.getOrDefault(row.key(), 0))
                .map(row -> new Violation("G16", "was sent more often than its saga asked for: " + row));
    }

    private static Map<MessageKey, Integer> asked(Saga saga) {
        var sends = new HashMap<MessageKey, Integer>();
        saga.history().stream().map(History::changes).flatMap(List::stream).forEach(change -> {
            sends.merge(new MessageKey(saga.id(), name(change)), change.send(), Math::max);
        });
        return sends;
    }

    /** Of the message that a step sends when it comes into its phase. */
    private static String name(Change change) {
        var step = change.attempt() == 1 ? change.step() : change.step() + "#" + change.attempt();
        return switch (change.phase()) {
            case "UNDOING" -> step + "/undo";
            case "UNDOING_BY_HAND" -> step + "/undo/by-hand";
            default -> step;
        };
    }

    static Sent row(Delivered it) {
        return new Sent(it.source(), it.topic(), it.key(), it.send());
    }
}
