package shop.checkout.orchestrator.saga;

import java.time.Instant;
import java.util.Optional;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/**
 * How a step of one saga stands.
 *
 * @param attempt from 1; a new one is meant to act again and has message keys of its own
 * @param heard whether its participant has said that it is done, in this attempt
 * @param awaited what time has to do with it; there is that if and only if its phase is {@linkplain Phase#isTimed timed}
 */
public record StepState(String name, Phase phase, int attempt, boolean heard, Optional<Awaited> awaited) {

    /**
     * A message that was sent and not answered, or is held back.
     *
     * @param sends how often it was sent; 0 while it is held back
     * @param since when it was first sent, later by as long as it was held back since
     * @param dueAt when to send it again or to give it up
     * @param overdue whether its budget is spent, so that a person has been called
     */
    public record Awaited(int sends, Instant since, Instant dueAt, boolean overdue) {}

    public StepState {
        if (phase.isTimed() != awaited.isPresent()) {
            throw new IllegalArgumentException("step " + name + " cannot be " + phase + " with " + awaited);
        }
    }

    static StepState pending(String name, int attempt) {
        return new StepState(name, Phase.PENDING, attempt, false, Optional.empty());
    }

    /** The key of the message whose reply is awaited. */
    public Optional<MessageKey> awaitedKey(SagaId saga) {
        return phase.isAwaiting() ? Optional.of(key(saga, phase)) : Optional.empty();
    }

    /** Whether a reply to this message would count. What is undone by hand may still turn out to be undone otherwise. */
    boolean awaits(SagaId saga, MessageKey command) {
        return phase.isAwaiting()
                && (command.equals(key(saga, phase))
                        || phase == Phase.UNDOING_BY_HAND && command.equals(key(saga, Phase.UNDOING)));
    }

    public boolean isOverdue() {
        return awaited.map(Awaited::overdue).orElse(false);
    }

    /** The key of what is sent in a phase. */
    MessageKey key(SagaId saga, Phase sentIn) {
        var forward = MessageKey.ofStep(saga, name, attempt);
        return switch (sentIn) {
            case UNDOING -> forward.undo();
            case UNDOING_BY_HAND -> forward.undo().byHand();
            case PENDING, HELD, RUNNING, DONE, SKIPPED, REFUSED, SUPERSEDED, UNDONE -> forward;
        };
    }

    StepState settled(Phase outcome) {
        return new StepState(name, outcome, attempt, heard || outcome == Phase.DONE, Optional.empty());
    }

    StepState awaiting(Phase newPhase, Awaited newAwaited) {
        return new StepState(name, newPhase, attempt, heard, Optional.of(newAwaited));
    }

    boolean isDue(Instant now) {
        return awaited.map(it -> !it.dueAt().isAfter(now)).orElse(false);
    }
}
