package shop.checkout.orchestrator.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.checkout.orchestrator.simulation.Topic.Published;

/** Where a consumer group stands in one partition, and who reads it. Whoever loses it may not notice in time. */
final class Cursor {

    private static final int BATCH = 16;
    private static final long SESSION = 3_000;

    private final World world;
    private final Service service;
    private final Subscription subscription;
    private final List<Published> records;
    private final Fence fence;
    private @Nullable Replica owner;
    private int generation;
    private int committed;
    private boolean busy;

    Cursor(World world, Service service, Subscription subscription, List<Published> records) {
        this.world = world;
        this.service = service;
        this.subscription = subscription;
        this.records = records;
        this.fence = new Fence(world);
    }

    /** A record has come, or it is known that some are left. */
    void wake() {
        if (busy || committed == records.size()) {
            return;
        }
        if (owner == null) {
            assign();
            return;
        }
        busy = true;
        int begunIn = generation;
        owner.after(world.faults().delay(4), () -> poll(begunIn));
    }

    void lost(Replica replica) {
        if (owner == replica) {
            int lostIn = generation;
            world.time().after(world.chance().between(SESSION / 2, SESSION), () -> {
                if (generation == lostIn) {
                    assign();
                }
            });
        }
    }

    /** Gives the partition to some replica, which goes on at the committed offset. */
    void assign() {
        if (owner != null) {
            world.reached(Reached.REBALANCE);
        }
        int next = ++generation;
        busy = true; // until there is somebody
        service.anyReplica(replica -> {
            if (generation == next) {
                owner = replica;
                busy = false;
                wake();
            }
        });
    }

    /** Everything, or a part of it, is read once more. */
    void replay() {
        world.reached(Reached.TOPIC_REPLAY);
        committed = world.chance().index(committed + 1);
        assign();
    }

    private void poll(int begunIn) {
        if (begunIn != generation || owner == null) {
            return;
        }
        int end = Math.min(records.size(), committed + 1 + world.chance().index(BATCH));
        var batch = List.copyOf(records.subList(committed, end));
        if (world.has(Mutant.OFFSET_BEFORE_THE_TRANSACTION)) {
            committed = end;
        }
        service.transact(owner, subscription.work(), transaction -> {
            subscription.handle(transaction, fence, batch);
            transaction.then(() -> commit(begunIn, end));
        });
    }

    private void commit(int begunIn, int end) {
        if (begunIn != generation) {
            world.reached(Reached.COMMIT_AFTER_LOSING_THE_PARTITION);
            return;
        }
        committed = end;
        busy = false;
        wake();
    }
}
