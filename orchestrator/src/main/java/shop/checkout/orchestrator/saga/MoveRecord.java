package shop.checkout.orchestrator.saga;

import java.util.List;
import java.util.Optional;
import shop.checkout.message.MessageKey;
import shop.checkout.orchestrator.saga.HistoryEntry.Cause;
import shop.checkout.orchestrator.saga.HistoryEntry.Change;
import shop.checkout.orchestrator.saga.Move.Announced;
import shop.checkout.orchestrator.saga.Move.Outgoing;

/**
 * A move in full: what the history says about it, and what the world is told.
 *
 * @param message of a reply: what it answers
 * @param reply of a reply: its wire name
 */
record MoveRecord<S>(
        SagaDefinition<S> definition,
        Saga<S> before,
        Saga<S> after,
        Optional<String> message,
        Optional<String> reply,
        List<Change> changes,
        List<Outgoing> commands) {

    Move<S> applied(Cause cause, Optional<String> note) {
        var event = milestone()
                .flatMap(it -> definition.announcement().of(after.data(), it))
                .map(it -> new Announced(new MessageKey(after.id(), "event/" + after.revision()), it));
        return move(Verdict.APPLIED, event, entry(cause, Verdict.APPLIED, note));
    }

    Move<S> notApplied(Cause cause, Verdict verdict, String why) {
        return move(verdict, Optional.empty(), entry(cause, verdict, Optional.of(why)));
    }

    private Move<S> move(Verdict verdict, Optional<Announced> event, HistoryEntry entry) {
        return new Move<>(after, verdict, commands, event, Optional.of(entry));
    }

    private HistoryEntry entry(Cause cause, Verdict verdict, Optional<String> note) {
        return new HistoryEntry(after.revision(), cause, verdict, message, reply, after.status(), note, changes);
    }

    private Optional<Milestone> milestone() {
        if (before.revision() == 0) {
            return Optional.of(new Milestone.Started());
        }
        if (after.status() == before.status()) {
            return Optional.empty();
        }
        return switch (after.status()) {
            case COMPLETED -> Optional.of(new Milestone.Completed());
            case REJECTED ->
                Optional.of(
                        new Milestone.Rejected(after.rejection().orElseThrow().reason()));
            case NEEDS_ATTENTION ->
                Optional.of(new Milestone.NeedsAttention(after.reason().orElseThrow()));
            case RUNNING, COMPENSATING -> Optional.empty();
        };
    }
}
