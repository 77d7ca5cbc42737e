package shop.checkout.orchestrator.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import shop.checkout.orchestrator.simulation.Topic.Published;

/**
 * A service's consumer group at one topic. A record that cannot be handled is parked in the transaction that handles the
 * others; a record of an outdated leader is refused.
 */
final class Subscription {

    /** Acts on records within a transaction; they have been let in already. */
    @FunctionalInterface
    interface Handler {
        /** Returns the records that cannot be handled yet. */
        List<Published> handle(Transaction transaction, List<Published> batch);
    }

    private final World world;
    private final Work work;
    private final Handler handler;
    private final Parking parking;
    private final List<Cursor> cursors;

    Subscription(World world, Service service, Topic topic, Work work, Handler handler) {
        this.world = world;
        this.work = work;
        this.handler = handler;
        this.parking = new Parking(world, service, handler);
        this.cursors = IntStream.range(0, topic.partitions().size())
                .mapToObj(
                        i -> new Cursor(world, service, this, topic.partitions().get(i)))
                .toList();
        topic.isReadBy(this);
        service.reads(this);
    }

    Work work() {
        return work;
    }

    Parking parking() {
        return parking;
    }

    List<Cursor> cursors() {
        return cursors;
    }

    void arrived(int partition) {
        cursors.get(partition).wake();
    }

    void lost(Replica replica) {
        for (int i = 0; i < cursors.size(); i++) {
            cursors.get(i).lost(replica);
        }
    }

    /** One poll of one partition. */
    void handle(Transaction transaction, Fence fence, List<Published> batch) {
        var accepted = new ArrayList<Published>(batch.size());
        for (var one : batch) {
            if (!fence.admits(transaction, one)) {
                world.reached(Reached.STALE_LEADER_REFUSED);
            } else if (world.faults().handlerFails()) {
                parking.park(transaction, one);
            } else {
                accepted.add(one);
            }
        }
        handler.handle(transaction, accepted).forEach(one -> parking.keep(transaction, one));
    }
}
