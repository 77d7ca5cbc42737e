package shop.checkout.e2e.guarantee;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import shop.checkout.e2e.guarantee.Evidence.Audited;
import shop.checkout.e2e.guarantee.Evidence.Change;
import shop.checkout.e2e.guarantee.Evidence.History;
import shop.checkout.e2e.guarantee.Evidence.Order;
import shop.checkout.e2e.guarantee.Evidence.Pending;
import shop.checkout.e2e.guarantee.Evidence.Saga;

/** G3, G4, G9 (as the orchestrator sees it), G11 and G12: each checkout is one saga, which ends, and undoes what it did. */
final class SagaRules {

    static final List<Rule> ALL = List.of(
            SagaRules::acknowledged,
            SagaRules::ends,
            SagaRules::keys,
            SagaRules::answers,
            SagaRules::nothingLeftOfRejected,
            SagaRules::undoneInReverse,
            SagaRules::history,
            SagaRules::driven,
            SagaRules::audited);

    private static final Set<String> WITHOUT_EFFECT = Set.of("PENDING", "REFUSED", "SUPERSEDED", "UNDONE");

    private SagaRules() {}

    private static Stream<Violation> acknowledged(Evidence evidence) {
        var ids = ids(evidence);
        return evidence.requests().stream()
                .flatMap(request -> request.answers().stream()
                        .filter(answer -> !ids.contains(answer))
                        .map(answer -> new Violation(
                                "G3",
                                "checkout " + answer + " was acknowledged (key " + request.key() + "), but is gone")));
    }

    private static Stream<Violation> ends(Evidence evidence) {
        return evidence.sagas().stream()
                .filter(Saga::isOpen)
                .map(saga -> new Violation("G3", "saga " + saga.id() + " has not ended: " + saga.status()));
    }

    private static Stream<Violation> keys(Evidence evidence) {
        var sagasOf = evidence.orders().stream()
                .collect(groupingBy(order -> order.scope() + " " + order.key(), mapping(Order::saga, toSet())));
        var owned = evidence.orders().stream().map(Order::saga).collect(toSet());
        return Stream.concat(
                sagasOf.entrySet().stream()
                        .filter(entry -> entry.getValue().size() > 1)
                        .map(entry -> new Violation("G4", "key " + entry.getKey() + " has sagas " + entry.getValue())),
                evidence.sagas().stream()
                        .filter(saga -> !owned.contains(saga.id()))
                        .map(saga -> new Violation("G3", "saga " + saga.id() + " belongs to no idempotency key")));
    }

    private static Stream<Violation> answers(Evidence evidence) {
        return evidence.requests().stream()
                .filter(request -> request.answers().size() > 1)
                .map(request ->
                        new Violation("G4", "key " + request.key() + " was answered with " + request.answers()));
    }

    private static Stream<Violation> nothingLeftOfRejected(Evidence evidence) {
        return evidence.sagas().stream()
                .filter(Saga::isRejected)
                .flatMap(saga -> saga.steps().entrySet().stream()
                        .filter(step -> !WITHOUT_EFFECT.contains(step.getValue()))
                        .map(step -> new Violation(
                                "G9",
                                "saga " + saga.id() + " is REJECTED, but " + step.getKey() + " is "
                                        + step.getValue())));
    }

    private static Stream<Violation> undoneInReverse(Evidence evidence) {
        return evidence.sagas().stream()
                .flatMap(saga -> saga.history().stream()
                        .flatMap(line -> line.changes().stream())
                        .filter(change -> change.phase().equals("UNDONE"))
                        .collect(groupingBy(Change::attempt, mapping(Change::step, toList())))
                        .values()
                        .stream()
                        .flatMap(undone -> undoneInReverse(saga, undone)));
    }

    private static Stream<Violation> undoneInReverse(Saga saga, List<String> undone) {
        var order = List.copyOf(saga.steps().keySet());
        var expected = order.reversed().stream().filter(undone::contains).toList();
        return undone.equals(expected)
                ? Stream.empty()
                : Stream.of(new Violation("G9", "saga " + saga.id() + " undid " + undone + ", not " + expected));
    }

    /** What people did is in the saga's history and in the audit, each time once. */
    private static Stream<Violation> audited(Evidence evidence) {
        var done = evidence.sagas().stream()
                .flatMap(saga -> saga.history().stream()
                        .filter(line -> line.cause().equals("OPERATED")
                                && line.verdict().equals("APPLIED"))
                        .map(line -> new Audited(saga.id(), line.seq())))
                .toList();
        return Stream.concat(
                evidence.audit().stream()
                        .filter(row -> !done.contains(row) || Collections.frequency(evidence.audit(), row) > 1)
                        .map(row -> new Violation("G13", "the audit has what never happened, or twice: " + row)),
                done.stream()
                        .filter(row -> !evidence.audit().contains(row))
                        .map(row -> new Violation("G13", "the audit lacks what a person did: " + row)));
    }

    private static Stream<Violation> history(Evidence evidence) {
        return evidence.sagas().stream().flatMap(saga -> {
            var found = new ArrayList<Violation>();
            var ended = false;
            long seq = 0;
            for (var line : saga.history()) {
                if (line.seq() != ++seq) {
                    found.add(new Violation(
                            "G12", "saga " + saga.id() + " has a gap in its history before " + line.seq()));
                    break;
                }
                if (ended && line.verdict().equals("APPLIED")) {
                    found.add(new Violation("G12", "saga " + saga.id() + " moved after its end, at " + line.seq()));
                }
                ended |= line.isFinal();
            }
            if (saga.history().isEmpty() || !lastStatus(saga.history()).equals(saga.status())) {
                found.add(new Violation("G12", "saga " + saga.id() + " is " + saga.status() + ", unlike its history"));
            }
            return found.stream();
        });
    }

    private static String lastStatus(List<History> history) {
        return history.getLast().status();
    }

    private static Stream<Violation> driven(Evidence evidence) {
        var open = evidence.sagas().stream().filter(Saga::isOpen).map(Saga::id).collect(toSet());
        var driven = evidence.pending().stream().map(Pending::saga).collect(toSet());
        return Stream.concat(
                evidence.pending().stream()
                        .filter(pending -> !open.contains(pending.saga()))
                        .map(pending -> new Violation(
                                "G11", pending.what() + " of saga " + pending.saga() + ", which is not open")),
                open.stream()
                        .filter(saga -> !driven.contains(saga))
                        .map(saga -> new Violation("G11", "saga " + saga + " is open, but nothing will move it")));
    }

    private static Set<UUID> ids(Evidence evidence) {
        return evidence.sagas().stream().map(Saga::id).collect(HashSet::new, Set::add, Set::addAll);
    }
}
