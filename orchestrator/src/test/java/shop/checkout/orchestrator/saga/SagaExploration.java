package shop.checkout.orchestrator.saga;

import static shop.checkout.orchestrator.saga.SagaScenario.SAGA;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shop.checkout.message.Command;
import shop.checkout.message.Compensation;
import shop.checkout.message.MessageKey;
import shop.checkout.message.Superseded;
import shop.checkout.message.Undone;

/**
 * Runs a saga through every order in which its messages can be delivered, answered, refused, lost, repeated and delayed,
 * and in which time can pass and a customer cancel, and judges each state on the way.
 *
 * <p>Messages are never taken away, so each can be delivered at any later time and any number of times. Participants behave
 * as promised: they act once per key, answer the same again, and never act after an undo.
 */
final class SagaExploration<S> {

    private static final int MAX_SENDS = 4;

    /** What one participant has done for one step. */
    private enum Effect {
        NONE,
        DONE,
        REFUSED,
        UNDONE,
        BLOCKED
    }

    /** Where everybody stands, and how it came to that. */
    private record World<S>(
            Saga<S> saga,
            Instant now,
            Map<MessageKey, Command<?>> sent,
            Map<MessageKey, Object> replies,
            Map<String, Effect> effects,
            boolean cancelled,
            List<String> script) {

        /** What tells two worlds apart: time counts only relative to now. */
        String identity() {
            var steps = saga.steps().stream()
                    .map(step -> step.phase()
                            + step.awaited()
                                    .map(it -> it.sends() + "," + (it.since().toEpochMilli() - now.toEpochMilli()) + ","
                                            + (it.dueAt().toEpochMilli() - now.toEpochMilli()))
                                    .orElse(""))
                    .collect(Collectors.joining(" "));
            return steps + saga.rejection().isPresent() + cancelled + sorted(sent.keySet()) + replyNames() + effects;
        }

        private String replyNames() {
            return sorted(replies.entrySet().stream()
                    .map(it -> it.getKey().name() + "=" + it.getValue())
                    .toList());
        }

        private static String sorted(Iterable<?> things) {
            var texts = new ArrayList<String>();
            things.forEach(it -> texts.add(it.toString()));
            return texts.stream().sorted().toList().toString();
        }
    }

    private final SagaDefinition<S> definition;
    private final BiFunction<Saga<S>, News, Move<S>> machine;
    private final Map<String, Object> successes;
    private final Map<String, Object> refusals;
    private final Set<String> seen = new HashSet<>();
    private final ArrayDeque<World<S>> open = new ArrayDeque<>();
    private final Map<SagaStatus, Integer> ends = new HashMap<>();

    /**
     * @param successes by step: the reply that lets the saga go on
     * @param refusals by step: the reply that does not; may lack steps that cannot be refused
     */
    SagaExploration(
            SagaDefinition<S> definition,
            BiFunction<Saga<S>, News, Move<S>> machine,
            Map<String, Object> successes,
            Map<String, Object> refusals) {
        this.definition = definition;
        this.machine = machine;
        this.successes = successes;
        this.refusals = refusals;
    }

    /**
     * Visits every state, breadth first, so that the first fault found has the shortest script.
     *
     * @return how many states there are of each status
     * @throws AssertionError with the script, when a state breaks a rule
     */
    Map<SagaStatus, Integer> run(S data) {
        var born = new World<>(
                definition.born(SAGA, data), Instant.EPOCH, Map.of(), Map.of(), untouched(), false, List.of());
        visit(heard(born, new News.Started(Instant.EPOCH), "started"));
        while (!open.isEmpty()) {
            next(open.removeFirst()).forEach(this::visit);
        }
        return Map.copyOf(ends);
    }

    private void visit(World<S> world) {
        if (!seen.add(world.identity())) {
            return;
        }
        judge(world);
        ends.merge(world.saga.status(), 1, Integer::sum);
        open.add(world);
    }

    private Stream<World<S>> next(World<S> world) {
        var deliveries = world.sent.entrySet().stream().flatMap(it -> deliver(world, it.getKey(), it.getValue()));
        var answers = world.replies.entrySet().stream()
                .map(it -> heard(
                        world,
                        new News.Replied(world.now, it.getKey(), it.getValue()),
                        it.getValue() + " to " + it.getKey().name() + " arrives"));
        return Stream.of(deliveries, answers, timePasses(world), cancel(world)).flatMap(it -> it);
    }

    // ---- what can happen

    private Stream<World<S>> timePasses(World<S> world) {
        boolean enough = world.saga.steps().stream()
                .flatMap(step -> step.awaited().stream())
                .anyMatch(it -> it.sends() >= MAX_SENDS);
        return world.saga.wakeAt().filter(_ -> !enough).stream().map(at -> {
            var later = new World<>(
                    world.saga, at, world.sent, world.replies, world.effects, world.cancelled, world.script);
            return heard(later, new News.TimeCame(at), "time passes");
        });
    }

    private Stream<World<S>> cancel(World<S> world) {
        if (world.cancelled) {
            return Stream.empty();
        }
        var asked = new World<>(world.saga, world.now, world.sent, world.replies, world.effects, true, world.script);
        return Stream.of(heard(asked, new News.CancelRequested(world.now, "cancelled"), "the customer cancels"));
    }

    private Stream<World<S>> deliver(World<S> world, MessageKey key, Command<?> command) {
        if (world.replies.containsKey(key)) {
            return Stream.empty();
        }
        var step = key.name().replace("/undo", "");
        var effect = world.effects.getOrDefault(step, Effect.NONE);
        if (command instanceof Compensation) {
            var after = effect == Effect.DONE ? Effect.UNDONE : effect == Effect.REFUSED ? effect : Effect.BLOCKED;
            return Stream.of(acted(world, key, after, new Undone()));
        }
        if (effect != Effect.NONE) {
            return Stream.of(acted(world, key, effect, new Superseded()));
        }
        var refused = Optional.ofNullable(refusals.get(step)).map(it -> acted(world, key, Effect.REFUSED, it));
        return Stream.concat(
                Stream.of(acted(world, key, Effect.DONE, Objects.requireNonNull(successes.get(step)))),
                refused.stream());
    }

    private World<S> acted(World<S> world, MessageKey key, Effect effect, Object reply) {
        var effects = new HashMap<>(world.effects);
        effects.put(key.name().replace("/undo", ""), effect);
        var replies = new HashMap<>(world.replies);
        replies.put(key, reply);
        return new World<>(
                world.saga,
                world.now,
                world.sent,
                Map.copyOf(replies),
                Map.copyOf(effects),
                world.cancelled,
                told(world, key.name() + " reaches its participant: " + reply));
    }

    private World<S> heard(World<S> world, News news, String what) {
        var move = machine.apply(world.saga, news);
        var sent = new HashMap<>(world.sent);
        move.commands().forEach(it -> judgeSending(world, it));
        move.commands().forEach(it -> sent.put(it.key(), it.command()));
        var after = new World<>(
                move.saga(),
                world.now,
                Map.copyOf(sent),
                world.replies,
                world.effects,
                world.cancelled,
                told(world, what));
        if (world.saga.status().isFinal() && move.saga().status() != world.saga.status()) {
            throw broken(after, "a final state was left");
        }
        return after;
    }

    // ---- what must hold

    private void judge(World<S> world) {
        var status = world.saga.status();
        if (status.isFinal() == world.saga.wakeAt().isPresent()) {
            throw broken(world, "nothing would move an open saga, or something moves an ended one");
        }
        if (status == SagaStatus.COMPLETED && !world.effects.values().stream().allMatch(it -> it == Effect.DONE)) {
            throw broken(world, "completed without every step being done");
        }
        if (status == SagaStatus.REJECTED && world.effects.containsValue(Effect.DONE)) {
            throw broken(world, "rejected with something left undone");
        }
    }

    private void judgeSending(World<S> world, Move.Outgoing message) {
        var before = world.sent.get(message.key());
        if (before != null && !before.equals(message.command())) {
            throw broken(world, message.key() + " was sent again with another content");
        }
        if (message.command() instanceof Compensation) {
            judgeUndo(world, message.key().name().replace("/undo", ""));
        } else if (before == null && world.saga.rejection().isPresent()) {
            throw broken(world, message.key() + " was sent on the way back");
        }
    }

    private void judgeUndo(World<S> world, String step) {
        if (!world.sent.containsKey(MessageKey.ofStep(SAGA, step, 1))) {
            throw broken(world, step + " is undone but was never asked for");
        }
        var later = definition.stages().reversed().stream()
                .takeWhile(stage ->
                        stage.steps().stream().noneMatch(it -> it.name().equals(step)))
                .flatMap(stage -> stage.steps().stream());
        if (later.anyMatch(it -> world.effects.get(it.name()) == Effect.DONE)) {
            throw broken(world, step + " is undone before a later step is");
        }
    }

    private AssertionError broken(World<S> world, String what) {
        return new AssertionError(what + ":\n  " + String.join("\n  ", world.script) + "\n" + world.saga);
    }

    private Map<String, Effect> untouched() {
        return definition.steps().stream().collect(Collectors.toUnmodifiableMap(Step::name, _ -> Effect.NONE));
    }

    private static List<String> told(World<?> world, String what) {
        return Stream.concat(world.script.stream(), Stream.of(what)).toList();
    }
}
