package shop.checkout.orchestrator.simulation;

import java.util.function.Consumer;
import shop.checkout.orchestrator.simulation.Work.Side;

/**
 * A process that may crash and start again, or be stopped for a while and go on as if nothing had been. All that it does
 * goes through {@link #after} and {@link #reaches}: what it had under way is lost by a crash and delayed by a stop.
 */
final class Replica {

    private final World world;
    private final String name;
    private final Consumer<Replica> onLoss;
    private int incarnation;
    private boolean down;
    private long stoppedUntil;

    /** @param onLoss is told of each crash and each stop */
    Replica(World world, String name, Consumer<Replica> onLoss) {
        this.world = world;
        this.name = name;
        this.onLoss = onLoss;
    }

    int incarnation() {
        return incarnation;
    }

    boolean isRunning() {
        return !down && stoppedUntil <= world.time().now();
    }

    void after(long delay, Runnable action) {
        int begunIn = incarnation;
        world.time().after(delay, () -> goOn(begunIn, action));
    }

    private void goOn(int begunIn, Runnable action) {
        if (begunIn != incarnation || down) {
            return;
        }
        if (stoppedUntil > world.time().now()) {
            world.time().at(stoppedUntil, () -> goOn(begunIn, action));
        } else {
            action.run();
        }
    }

    /** Goes on, unless the process crashes at this very point; perhaps it is stopped here first. */
    void reaches(Work work, Side side, Runnable next) {
        if (world.faults().crashes()) {
            world.counts().crashed(work, side);
            crash(side + " " + work);
        } else if (world.faults().stops()) {
            world.counts().stopped(work, side);
            stop(world.faults().stoppage());
            after(0, next);
        } else {
            next.run();
        }
    }

    void crash(String where) {
        if (world.isTraced()) {
            world.note(name + " crashes " + where);
        }
        incarnation++;
        down = true;
        world.time().after(world.faults().downtime(), () -> down = false);
        onLoss.accept(this);
    }

    void stop(long duration) {
        if (world.isTraced()) {
            world.note(name + " is stopped for " + duration + " ms");
        }
        stoppedUntil = Math.max(stoppedUntil, world.time().now() + duration);
        onLoss.accept(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
