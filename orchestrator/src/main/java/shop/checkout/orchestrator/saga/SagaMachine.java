package shop.checkout.orchestrator.saga;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import shop.checkout.message.Superseded;
import shop.checkout.orchestrator.saga.HistoryEntry.Cause;

/**
 * Decides what a saga does when something happens to it: a pure function, and the only place where sagas move.
 *
 * <ul>
 *   <li>A reply counts only if it answers exactly the command that a step waits for; all others change nothing.
 *   <li>A refusal ends the saga at once. Silence is asked again, under the same key, until the budget is spent; then the
 *       outcome is unknown and the step is undone like one that is done.
 *   <li>Every step whose command was ever written is undone, later stages first, except what was refused or superseded.
 *   <li>A pivot, a retriable step and an undo are never given up; after their budget a person is called meanwhile.
 *   <li>A saga that misses its deadline is undone; one that cannot turn back goes on, and a person is called.
 *   <li>A participant that is known not to answer gets no forward commands, not even again: a step that is not asked yet is
 *       held, one that is waits without its budget running. Undos are sent all the same.
 * </ul>
 *
 * @param <S> the saga's data
 */
public final class SagaMachine<S> {

    private final SagaDefinition<S> definition;

    public SagaMachine(SagaDefinition<S> definition) {
        this.definition = definition;
    }

    /** What the news leads to while every participant answers. */
    public Move<S> on(Saga<S> saga, News news) {
        return on(saga, news, Set.of());
    }

    /**
     * What the news leads to. Whatever a step's functions throw is thrown.
     *
     * @param silent the participants that are known not to answer
     */
    public Move<S> on(Saga<S> saga, News news, Set<String> silent) {
        var draft = new Draft<>(definition, saga, news.now(), silent);
        return switch (news) {
            case News.Started _ -> started(draft);
            case News.Replied replied -> replied(draft, replied);
            case News.TimeCame _ -> timeCame(draft);
            case News.CancelRequested cancel -> undo(draft, Cause.CANCEL_REQUESTED, cancel.reason());
            case News.Released released -> released(draft, released.participant());
            case News.Operated operated -> operated(draft, operated.operation(), operated.note());
        };
    }

    /** What a person may do about a saga as it stands. */
    public List<Operation> possible(Saga<S> saga, Instant now) {
        var ofSteps = definition.steps().stream()
                .map(Step::name)
                .flatMap(step -> Stream.of(new Operation.MarkUndone(step), new Operation.Skip(step)));
        var ofAll = Stream.of(new Operation.Retry(), new Operation.Compensate(), new Operation.GoForward());
        return Stream.<Operation>concat(ofAll, ofSteps)
                .filter(it -> on(saga, new News.Operated(now, it, "")).verdict() == Verdict.APPLIED)
                .toList();
    }

    private Move<S> started(Draft<S> draft) {
        if (!draft.isNew()) {
            return draft.unchanged(Cause.STARTED, Verdict.IGNORED, "it has been started before");
        }
        draft.setDeadline();
        draft.advance();
        return draft.changed(Cause.STARTED);
    }

    private Move<S> replied(Draft<S> draft, News.Replied news) {
        draft.reply(news.command().name(), news.reply());
        return definition.steps().stream()
                .filter(step -> draft.awaits(step, news.command()))
                .findFirst()
                .map(step -> answered(draft, step, news.reply()))
                .orElseGet(() -> draft.unchanged(Cause.REPLIED, Verdict.IGNORED, "no such reply is awaited"));
    }

    private Move<S> answered(Draft<S> draft, Step<S, ?> step, Object reply) {
        var awaited = draft.awaitedRequest(step);
        if (reply instanceof Superseded && step.kind() != StepKind.RETRIABLE && draft.isRunning(step)) {
            draft.settle(step, Phase.SUPERSEDED);
            draft.reject(step.name() + " was undone before it was done");
        } else if (!awaited.isAnsweredBy(reply)) {
            return draft.unchanged(
                    Cause.REPLIED,
                    Verdict.IGNORED,
                    "not an answer to " + Request.wireName(awaited.type()).orElseThrow());
        } else if (draft.isRunning(step)) {
            decide(draft, step, reply);
        } else {
            draft.settle(step, Phase.UNDONE);
        }
        draft.advance();
        return draft.changed(Cause.REPLIED);
    }

    private void decide(Draft<S> draft, Step<S, ?> step, Object reply) {
        switch (step.decide(draft.data(), reply)) {
            case Decision.Proceed<S>(var data) -> {
                draft.learn(data);
                draft.settle(step, Phase.DONE);
            }
            case Decision.Abort<S>(var reason) -> {
                draft.settle(step, Phase.REFUSED);
                draft.reject(reason);
            }
        }
    }

    private Move<S> timeCame(Draft<S> draft) {
        if (draft.isPastDeadline()) {
            return deadlineMissed(draft);
        }
        var due = definition.steps().stream().filter(draft::isDue).toList();
        due.stream().filter(draft::isHeldBack).forEach(draft::postpone);
        var toBeAsked = due.stream().filter(Predicate.not(draft::isHeldBack)).toList();
        if (toBeAsked.isEmpty()) {
            return draft.nothingDue();
        }
        Optional<Step<S, ?>> hopeless =
                toBeAsked.stream().filter(draft::isGivenUp).findFirst();
        if (hopeless.isPresent()) {
            var step = hopeless.get();
            draft.reject(step.name() + " was not answered within "
                    + step.retry().budget().toSeconds() + " s");
            draft.advance();
        } else {
            toBeAsked.forEach(draft::sendAgain);
        }
        return draft.changed(Cause.TIME_CAME);
    }

    private Move<S> deadlineMissed(Draft<S> draft) {
        if (draft.isPastPivot()) {
            draft.missDeadline();
        } else {
            draft.reject("it was not finished within "
                    + definition.deadline().orElseThrow().toSeconds() + " s");
            draft.advance();
        }
        return draft.changed(Cause.TIME_CAME);
    }

    private Move<S> undo(Draft<S> draft, Cause cause, String reason) {
        if (draft.isToSetOutAgain()) {
            draft.thenAgain(false);
            return draft.changed(cause, reason);
        }
        if (draft.isGoingBack()) {
            return draft.unchanged(cause, Verdict.IGNORED, "it is being undone already");
        }
        if (draft.hasEnded() || draft.isPastPivot()) {
            return draft.unchanged(cause, Verdict.REFUSED, "there is no way back any more");
        }
        draft.reject(reason);
        draft.advance();
        return draft.changed(cause);
    }

    private Move<S> released(Draft<S> draft, String participant) {
        var held = definition.steps().stream()
                .filter(step ->
                        draft.phase(step) == Phase.HELD && step.participant().equals(participant))
                .toList();
        if (held.isEmpty()) {
            return draft.nothingDue();
        }
        held.forEach(draft::sendAnew);
        return draft.changed(Cause.RELEASED);
    }

    // ---- what a person may do

    private Move<S> operated(Draft<S> draft, Operation operation, String note) {
        return switch (operation) {
            case Operation.Retry _ -> retry(draft, note);
            case Operation.MarkUndone(var step) -> markUndone(draft, step, note);
            case Operation.Skip(var step) -> skip(draft, step, note);
            case Operation.Compensate _ -> undo(draft, Cause.OPERATED, note);
            case Operation.GoForward _ -> goForward(draft, note);
        };
    }

    private Move<S> retry(Draft<S> draft, String note) {
        var open = definition.steps().stream()
                .filter(step -> draft.phase(step).isTimed())
                .toList();
        if (open.isEmpty()) {
            return refused(draft, "it waits for nothing");
        }
        open.forEach(draft::sendAnew);
        return draft.changed(Cause.OPERATED, note);
    }

    private Move<S> markUndone(Draft<S> draft, String name, String note) {
        var step = definition.find(name).filter(draft::isOverdue).filter(it -> draft.phase(it) == Phase.UNDOING);
        if (step.isEmpty()) {
            return refused(draft, "it has no step " + name + " whose undo has failed for too long");
        }
        if (!draft.isKnownToBeDone(step.get())) {
            return refused(draft, "nobody knows yet whether " + name + " was done: its participant has to find out");
        }
        draft.undoByHand(step.get());
        return draft.changed(Cause.OPERATED, note);
    }

    private Move<S> skip(Draft<S> draft, String name, String note) {
        var step = definition.find(name).filter(draft::isOverdue).filter(it -> it.kind() == StepKind.RETRIABLE);
        if (step.isEmpty()) {
            return refused(draft, "it has no retriable step " + name + " that has failed for too long");
        }
        draft.settle(step.get(), Phase.SKIPPED);
        draft.advance();
        return draft.changed(Cause.OPERATED, note);
    }

    private Move<S> goForward(Draft<S> draft, String note) {
        if (!draft.isGoingBack() || draft.hasEnded()) {
            return refused(draft, "it is not being undone");
        }
        draft.thenAgain(true);
        return draft.changed(Cause.OPERATED, note);
    }

    private Move<S> refused(Draft<S> draft, String why) {
        return draft.unchanged(Cause.OPERATED, Verdict.REFUSED, why);
    }
}
