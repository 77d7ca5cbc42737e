package shop.checkout.orchestrator.saga;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import shop.checkout.message.Superseded;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.saga.Situation.Effect;

/**
 * All that can happen next: a participant gets a message and does, or refuses, what it asks; a reply arrives, for the first
 * time or again, in time or late; time passes, with or without somebody being there to notice; a participant is found to be
 * silent, or to answer again; people step in.
 *
 * <p>Participants behave as promised: they act once per message, answer the same again, and never act after an undo.
 */
final class Happenings<S> {

    private static final Duration OUTAGE = Duration.ofSeconds(20);

    private final SagaDefinition<S> definition;
    private final Mover<S> machine;
    private final ReplyExamples replies;
    private final Slots slots;
    private final ExplorationRules<S> rules;
    private final int disturbances;

    /** @param disturbances how often people may step in or a participant may be found to be silent */
    Happenings(
            SagaDefinition<S> definition,
            Mover<S> machine,
            ReplyExamples replies,
            Slots slots,
            ExplorationRules<S> rules,
            int disturbances) {
        this.definition = definition;
        this.machine = machine;
        this.replies = replies;
        this.slots = slots;
        this.rules = rules;
        this.disturbances = disturbances;
    }

    Situation<S> start(S data) {
        var born = Situation.before(definition.born(SagaScenario.SAGA, data), slots.size());
        return hears(born.after(() -> "the saga starts"), new News.Started(born.now()));
    }

    List<Situation<S>> after(Situation<S> situation) {
        return Stream.of(messages(situation), timePasses(situation), breakers(situation), people(situation))
                .flatMap(List::stream)
                .toList();
    }

    // ---- messages

    private List<Situation<S>> messages(Situation<S> situation) {
        var next = new ArrayList<Situation<S>>();
        for (int i = 0; i < slots.size(); i++) {
            int slot = i;
            if (situation.reply(slot).isPresent()) {
                next.add(arrives(situation, slot, situation.reply(slot).get()));
            } else {
                situation.sent(slot).ifPresent(_ -> next.addAll(isDelivered(situation, slot)));
            }
        }
        return next;
    }

    private List<Situation<S>> isDelivered(Situation<S> situation, int slot) {
        var effect = situation.effect(Slots.command(slot));
        if (Slots.isUndo(slot)) {
            return List.of(acts(situation, slot, undone(effect), new Undone()));
        }
        if (effect != Effect.NONE) {
            return List.of(acts(situation, slot, effect, new Superseded()));
        }
        var step = definition.steps().get(slots.step(slot)).name();
        var next = new ArrayList<Situation<S>>();
        replies.successes(step).forEach(reply -> next.add(acts(situation, slot, Effect.DONE, reply)));
        replies.refusals(step).forEach(reply -> next.add(acts(situation, slot, Effect.REFUSED, reply)));
        return next;
    }

    private static Effect undone(Effect before) {
        return switch (before) {
            case NONE -> Effect.BLOCKED;
            case DONE -> Effect.UNDONE;
            case REFUSED, UNDONE, BLOCKED -> before;
        };
    }

    private Situation<S> acts(Situation<S> situation, int slot, Effect effect, Object reply) {
        return situation
                .acted(slot, effect, reply)
                .after(() -> slots.key(slot).name() + " reaches its participant: " + reply);
    }

    private Situation<S> arrives(Situation<S> situation, int slot, Object reply) {
        return hears(
                situation.after(() -> reply + " to " + slots.key(slot).name() + " arrives"),
                new News.Replied(situation.now(), slots.key(slot), reply));
    }

    // ---- time

    private List<Situation<S>> timePasses(Situation<S> situation) {
        var at = situation.saga().wakeAt();
        if (at.isEmpty()) {
            return List.of();
        }
        return List.of(
                wakes(situation.at(at.get()).after(() -> "time passes")),
                wakes(situation.at(at.get().plus(OUTAGE)).after(() -> "time passes, and nobody notices for long")));
    }

    private Situation<S> wakes(Situation<S> situation) {
        return hears(situation, new News.TimeCame(situation.now()));
    }

    // ---- breakers

    private List<Situation<S>> breakers(Situation<S> situation) {
        var around = situation.around();
        if (around.wasSilent().isPresent()) {
            return isAskedAgain(situation, around.wasSilent().get());
        }
        if (mayBeDisturbed(situation)) {
            return definition.participants(_ -> true).stream()
                    .map(it -> situation.with(around.fallsSilent(it)).after(() -> it + " is found to be silent"))
                    .toList();
        }
        return List.of();
    }

    private List<Situation<S>> isAskedAgain(Situation<S> situation, String participant) {
        return List.of(
                situation.with(situation.around().answers()).after(() -> participant + " is found to answer"),
                hears(
                        situation.after(() -> participant + " may be asked again"),
                        new News.Released(situation.now(), participant)));
    }

    // ---- people: a new kind of news to sagas has its line here

    private List<Situation<S>> people(Situation<S> situation) {
        if (!mayBeDisturbed(situation)) {
            return List.of();
        }
        var disturbed = situation.with(situation.around().someoneStepsIn());
        return Stream.concat(
                        Stream.of(new News.CancelRequested(situation.now(), "cancelled")),
                        operations().map(it -> new News.Operated(situation.now(), it, "somebody")))
                .map(news -> hears(disturbed.after(() -> "somebody steps in: " + news), news))
                .toList();
    }

    private Stream<Operation> operations() {
        var ofSteps = definition.steps().stream()
                .map(Step::name)
                .flatMap(it -> Stream.of(new Operation.MarkUndone(it), new Operation.Skip(it)));
        return Stream.concat(
                Stream.of(new Operation.Retry(), new Operation.Compensate(), new Operation.GoForward()), ofSteps);
    }

    private boolean mayBeDisturbed(Situation<S> situation) {
        return situation.around().disturbances() < disturbances;
    }

    // ---- the saga

    private Situation<S> hears(Situation<S> situation, News news) {
        var silent = situation.around().silence();
        var move = machine.on(situation.saga(), news, silent);
        rules.judge(situation, move);
        if (move.verdict() == Verdict.APPLIED) {
            rules.judgeRepetition(situation, move, machine.on(situation.saga(), news, silent));
        }
        var after = situation.as(move.saga()).with(situation.around().cancelled(isCancelled(situation, news, move)));
        for (var message : move.commands()) {
            after = after.sending(slots.of(message.key()), message.command());
        }
        return after;
    }

    private static boolean isCancelled(Situation<?> before, News news, Move<?> move) {
        return switch (news) {
            case News.CancelRequested _ when move.verdict() != Verdict.REFUSED -> true;
            case News.Operated(var _, Operation.GoForward _, var _) when move.verdict() == Verdict.APPLIED -> false;
            case News _ -> before.around().cancelled();
        };
    }
}
