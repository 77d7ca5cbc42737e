package shop.checkout.orchestrator.saga;

import java.time.Instant;
import java.util.Optional;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/**
 * How a step of one saga stands.
 *
 * @param attempt from 1; a new one is meant to act again and has message keys of its own
 * @param awaited the reply that the step waits for; there is one if and only if its phase is awaiting
 */
public record StepState(String name, Phase phase, int attempt, Optional<Awaited> awaited) {

    /**
     * A message that was sent and not answered.
     *
     * @param sends how often it was sent
     * @param since when it was first sent
     * @param dueAt when to send it again or to give it up
     * @param overdue whether its budget is spent, so that a person has been called
     */
    public record Awaited(int sends, Instant since, Instant dueAt, boolean overdue) {}

    public StepState {
        if (phase.isAwaiting() != awaited.isPresent()) {
            throw new IllegalArgumentException("step " + name + " cannot be " + phase + " with " + awaited);
        }
    }

    static StepState pending(String name) {
        return new StepState(name, Phase.PENDING, 1, Optional.empty());
    }

    /** The key of the message whose reply is awaited. */
    public Optional<MessageKey> awaitedKey(SagaId saga) {
        return awaited.map(_ -> key(saga, phase));
    }

    public boolean isOverdue() {
        return awaited.map(Awaited::overdue).orElse(false);
    }

    /** The key of what is sent in a phase. */
    MessageKey key(SagaId saga, Phase sentIn) {
        var forward = MessageKey.ofStep(saga, name, attempt);
        return sentIn == Phase.UNDOING ? forward.undo() : forward;
    }

    StepState settled(Phase outcome) {
        return new StepState(name, outcome, attempt, Optional.empty());
    }

    StepState awaiting(Phase newPhase, Awaited newAwaited) {
        return new StepState(name, newPhase, attempt, Optional.of(newAwaited));
    }

    boolean isDue(Instant now) {
        return awaited.map(it -> !it.dueAt().isAfter(now)).orElse(false);
    }
}
