package shop.checkout.orchestrator.simulation;

import java.util.function.IntPredicate;
import shop.checkout.orchestrator.saga.HistoryEntry.Cause;
import shop.checkout.orchestrator.saga.Move;
import shop.checkout.orchestrator.saga.Phase;
import shop.checkout.orchestrator.saga.Saga;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.orchestrator.saga.Verdict;

/** Counts the dangerous places that sagas reach by their moves. */
final class Places {

    private final Counts counts;

    Places(Counts counts) {
        this.counts = counts;
    }

    void count(Saga<?> before, Move<?> move) {
        var after = move.saga();
        if (move.verdict() == Verdict.NOTHING_DUE) {
            counts.reached(Reached.LOOKED_TOO_EARLY);
        }
        if (before.rejection().isEmpty() && after.rejection().isPresent()) {
            countReason(after.rejection().get().reason());
        }
        if (after.deadline().isPresent() && after.deadline().get().missed()) {
            counts.reached(Reached.DEADLINE_MISSED);
        }
        if (move.entry().isPresent() && move.entry().get().cause() == Cause.RELEASED) {
            counts.reached(Reached.RELEASED);
        }
        for (var step : after.steps()) {
            if (step.phase() == Phase.HELD) {
                counts.reached(Reached.HELD_BACK);
            }
        }
    }

    private void countReason(String reason) {
        if (reason.contains("was not answered within")) {
            counts.reached(Reached.GIVEN_UP);
        } else if (reason.contains("was not finished within")) {
            counts.reached(Reached.UNDONE_FOR_ITS_DEADLINE);
        }
    }

    void countBecoming(SagaStatus status) {
        switch (status) {
            case COMPLETED -> counts.reached(Reached.COMPLETED);
            case REJECTED -> counts.reached(Reached.REJECTED);
            case NEEDS_ATTENTION -> counts.reached(Reached.NEEDS_ATTENTION);
            case RUNNING, COMPENSATING -> {}
        }
    }

    /** Steps that are to be undone and were done, though nobody knew. */
    void countUnanswered(Saga<?> before, Saga<?> after, IntPredicate isDone) {
        for (int step = 0; step < after.steps().size(); step++) {
            if (isDone.test(step)
                    && before.steps().get(step).phase() == Phase.RUNNING
                    && after.steps().get(step).phase() == Phase.UNDOING) {
                counts.reached(Reached.UNANSWERED_BUT_DONE);
            }
        }
    }
}
