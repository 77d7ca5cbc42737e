package shop.checkout.orchestrator.saga;

import java.util.List;
import java.util.Optional;

/**
 * One line of a saga's history.
 *
 * @param seq from 1, without gaps
 * @param cause what happened
 * @param message of a reply: the name of the command that it answers
 * @param reply of a reply: its wire name
 * @param status how the saga stood afterwards
 * @param note for people
 * @param changes what it did to the steps, in order
 */
public record HistoryEntry(
        long seq,
        Cause cause,
        Verdict verdict,
        Optional<String> message,
        Optional<String> reply,
        SagaStatus status,
        Optional<String> note,
        List<Change> changes) {

    /** What may happen to a saga. */
    public enum Cause {
        STARTED,
        REPLIED,
        TIME_CAME,
        CANCEL_REQUESTED,
        RELEASED,
        OPERATED
    }

    /**
     * A step that came into a phase, or whose message was sent again in it.
     *
     * @param attempt from 1
     * @param send how often the message of this phase has been sent; 0 in phases that send none
     */
    public record Change(String step, Phase phase, int attempt, int send) {}

    public HistoryEntry {
        changes = List.copyOf(changes);
    }
}
