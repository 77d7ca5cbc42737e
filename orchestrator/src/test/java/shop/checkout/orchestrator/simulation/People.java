package shop.checkout.orchestrator.simulation;

import java.util.List;
import shop.checkout.orchestrator.saga.News;
import shop.checkout.orchestrator.saga.Operation;
import shop.checkout.orchestrator.saga.Verdict;

/**
 * What people do to sagas: customers start them, and some change their minds; operators look after those that need somebody,
 * and now and then meddle with others.
 */
final class People {

    private static final double CHANGE_THEIR_MINDS = 0.15;
    private static final double MEDDLE = 0.05;
    private static final double LOOK_AFTER = 0.7;

    private final World world;
    private final Orchestrator<?> orchestrator;
    private final List<Participant> participants;
    private final Plan plan;

    /** @param participants in the order of the plan */
    People(World world, Orchestrator<?> orchestrator, List<Participant> participants, Plan plan) {
        this.world = world;
        this.orchestrator = orchestrator;
        this.participants = participants;
        this.plan = plan;
        orchestrator.onAttention(this::lookAfter);
    }

    /** Starts sagas in the first part of the time in which faults last. */
    void start(int sagas) {
        for (int i = 0; i < sagas; i++) {
            world.time().at(world.chance().between(0, world.faults().healsAt() * 2 / 3), this::start);
        }
    }

    private void start() {
        int saga = orchestrator.start();
        if (world.chance().hits(CHANGE_THEIR_MINDS)) {
            long when = world.chance().between(1, world.chance().hits(0.7) ? 300 : 20_000);
            world.time().after(when, () -> cancel(saga));
        }
        if (world.chance().hits(MEDDLE)) {
            long when = world.chance().between(1, world.chance().hits(0.7) ? 500 : 200_000);
            world.time().after(when, () -> operate(saga));
        }
    }

    private void cancel(int saga) {
        orchestrator.tell(saga, now -> new News.CancelRequested(now, "changed my mind"), verdict -> {
            if (verdict == Verdict.REFUSED) {
                world.reached(Reached.CANCELLED_TOO_LATE);
            } else {
                world.reached(Reached.CANCELLED);
                world.judge().cancelled(saga, true);
            }
        });
    }

    private void lookAfter(int saga) {
        if (world.chance().hits(LOOK_AFTER)) {
            world.time().after(world.chance().between(1, 60_000), () -> operate(saga));
        }
    }

    /** Does something that is possible, though it may be no more when it is heard. */
    private void operate(int saga) {
        var possible = orchestrator.sagas().possible(saga, world.instant());
        if (!possible.isEmpty()) {
            operate(saga, world.chance().oneOf(possible));
        }
    }

    private void operate(int saga, Operation operation) {
        if (operation instanceof Operation.MarkUndone(var step)) {
            undoByHand(saga, step);
        }
        orchestrator.tell(saga, now -> new News.Operated(now, operation, "for a reason"), verdict -> {
            if (verdict == Verdict.APPLIED) {
                hasOperated(saga, operation);
            }
        });
    }

    /** Nobody looks at the participant's books first: that it was done is what the saga says. */
    private void undoByHand(int saga, String step) {
        orchestrator
                .sagas()
                .command(saga, step)
                .ifPresent(command ->
                        participants.get(plan.step(command)).business().undoByHand(saga, command));
    }

    private void hasOperated(int saga, Operation operation) {
        switch (operation) {
            case Operation.Retry _ -> world.reached(Reached.OPERATOR_RETRIED);
            case Operation.MarkUndone _ -> {
                world.reached(Reached.OPERATOR_MARKED_UNDONE);
                world.judge().byHand(saga);
            }
            case Operation.Skip _ -> world.reached(Reached.OPERATOR_SKIPPED);
            case Operation.Compensate _ -> {
                world.reached(Reached.OPERATOR_COMPENSATED);
                world.judge().cancelled(saga, true);
            }
            case Operation.GoForward _ -> {
                world.reached(Reached.OPERATOR_SENT_FORWARD);
                world.judge().cancelled(saga, false);
            }
        }
    }
}
