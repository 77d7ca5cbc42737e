package shop.checkout.orchestrator.saga;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds every situation that a saga can get into, breadth first. */
final class SituationSearch<S> {

    private final StoredForm<S> stored;
    private final ExplorationRules<S> rules;
    private final Happenings<S> happenings;
    private final Numbers numbers = new Numbers();
    private final Map<String, Integer> seen = new HashMap<>();
    private final List<Script> scripts = new ArrayList<>();
    private final ArrayDeque<Situation<S>> open = new ArrayDeque<>();
    private final Reachability ends = new Reachability();
    private final Map<SagaStatus, Integer> found = new EnumMap<>(SagaStatus.class);

    SituationSearch(SagaDefinition<S> definition, Mover<S> machine, ReplyExamples replies, int disturbances) {
        var slots = new Slots(definition);
        this.stored = new StoredForm<>(definition);
        this.rules = new ExplorationRules<>(definition, slots);
        this.happenings = new Happenings<>(definition, machine, replies, slots, rules, disturbances);
    }

    /** Returns how many there are, by the saga's status. */
    Map<SagaStatus, Integer> from(S data) {
        visit(happenings.start(data));
        for (int number = 0; !open.isEmpty(); number++) {
            for (var next : happenings.after(open.removeFirst())) {
                ends.leadsTo(number, visit(next));
            }
        }
        ends.firstWithoutEnd(scripts.size()).ifPresent(stuck -> {
            throw new AssertionError("from here no end can be reached any more:" + scripts.get(stuck));
        });
        return Map.copyOf(found);
    }

    /** Numbered in the order in which they are found. */
    private int visit(Situation<S> situation) {
        int number = scripts.size();
        var known = seen.putIfAbsent(situation.identity(numbers), number);
        if (known != null) {
            return known;
        }
        rules.judge(situation);
        found.merge(situation.saga().status(), 1, Integer::sum);
        scripts.add(situation.script().orElseThrow());
        if (situation.saga().status().isFinal()) {
            ends.isEnd(number);
        }
        var read = stored.read(situation.saga());
        rules.judge(situation, read);
        open.add(situation.as(read));
        return number;
    }
}
