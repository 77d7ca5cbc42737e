package shop.checkout.orchestrator.simulation;

import shop.checkout.orchestrator.saga.News;
import shop.checkout.orchestrator.saga.Verdict;

/** What people do to sagas: customers start them, and some change their minds. */
final class People {

    private static final double CHANGE_THEIR_MINDS = 0.15;

    private final World world;
    private final Orchestrator<?> orchestrator;

    People(World world, Orchestrator<?> orchestrator) {
        this.world = world;
        this.orchestrator = orchestrator;
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
    }

    private void cancel(int saga) {
        orchestrator.tell(saga, now -> new News.CancelRequested(now, "changed my mind"), verdict -> {
            if (verdict == Verdict.APPLIED) {
                world.reached(Reached.CANCELLED);
                world.judge().cancelled(saga);
            } else if (verdict == Verdict.REFUSED) {
                world.reached(Reached.CANCELLED_TOO_LATE);
            }
        });
    }
}
