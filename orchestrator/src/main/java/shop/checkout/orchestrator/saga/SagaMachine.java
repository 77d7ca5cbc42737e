package shop.checkout.orchestrator.saga;

import java.util.Optional;
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
 * </ul>
 *
 * @param <S> the saga's data
 */
public final class SagaMachine<S> {

    private final SagaDefinition<S> definition;

    public SagaMachine(SagaDefinition<S> definition) {
        this.definition = definition;
    }

    /** What the news leads to. Whatever a step's functions throw is thrown. */
    public Move<S> on(Saga<S> saga, News news) {
        var draft = new Draft<>(definition, saga, news.now());
        return switch (news) {
            case News.Started _ -> started(draft);
            case News.Replied replied -> replied(draft, replied);
            case News.TimeCame _ -> timeCame(draft);
            case News.CancelRequested cancel -> cancelRequested(draft, cancel.reason());
        };
    }

    private Move<S> started(Draft<S> draft) {
        if (!draft.isNew()) {
            return draft.unchanged(Cause.STARTED, Verdict.IGNORED, "it has been started before");
        }
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
        var due = definition.steps().stream().filter(draft::isDue).toList();
        if (due.isEmpty()) {
            return draft.nothingDue();
        }
        Optional<Step<S, ?>> hopeless = due.stream().filter(draft::isGivenUp).findFirst();
        if (hopeless.isPresent()) {
            var step = hopeless.get();
            draft.reject(step.name() + " was not answered within "
                    + step.retry().budget().toSeconds() + " s");
            draft.advance();
        } else {
            due.forEach(draft::sendAgain);
        }
        return draft.changed(Cause.TIME_CAME);
    }

    private Move<S> cancelRequested(Draft<S> draft, String reason) {
        if (draft.isGoingBack()) {
            return draft.unchanged(Cause.CANCEL_REQUESTED, Verdict.IGNORED, "it is being undone already");
        }
        if (draft.isCompleted() || draft.isPastPivot()) {
            return draft.unchanged(Cause.CANCEL_REQUESTED, Verdict.REFUSED, "there is no way back any more");
        }
        draft.reject(reason);
        draft.advance();
        return draft.changed(Cause.CANCEL_REQUESTED);
    }
}
