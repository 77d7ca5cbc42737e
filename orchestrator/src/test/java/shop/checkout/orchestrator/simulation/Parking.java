package shop.checkout.orchestrator.simulation;

import java.util.List;
import shop.checkout.orchestrator.simulation.Topic.Published;

/** Records that could not be handled, kept in the database and tried again until they can. */
final class Parking {

    private static final long NOT_YET = 50;
    private static final long POISON = 5_000;
    private static final long LONGEST = 30_000;
    private static final int MAX_DOUBLINGS = 10;

    private record Row(int attempts, long dueAt) {}

    private final World world;
    private final Service service;
    private final Subscription.Handler handler;
    private final Table<Published, Row> rows = new Table<>();
    private final Sweep<Published> sweep;

    Parking(World world, Service service, Subscription.Handler handler) {
        this.world = world;
        this.service = service;
        this.handler = handler;
        this.sweep = new Sweep<>(world, service, rows, Row::dueAt, this::tryAgain);
    }

    boolean isEmpty() {
        return rows.keys().isEmpty();
    }

    /** Keeps a record that cannot be handled yet. */
    void keep(Transaction transaction, Published one) {
        keep(transaction, one, 1, NOT_YET);
    }

    /** Keeps a record whose handling failed; those that come after it overtake it. */
    void park(Transaction transaction, Published one) {
        keep(transaction, one, 1, POISON);
    }

    private void keep(Transaction transaction, Published one, int attempts, long pause) {
        long longest = Math.min(LONGEST, pause << Math.min(attempts - 1, MAX_DOUBLINGS));
        transaction.put(
                rows, one, new Row(attempts, world.time().now() + world.chance().between(1, longest)));
        transaction.then(() -> sweep.expect(one));
    }

    private void tryAgain(Replica replica, Published one) {
        service.transact(replica, Work.PARKED, transaction -> {
            var row = transaction.get(rows, one);
            if (row == null) {
                return;
            }
            if (world.faults().handlerFails()) {
                keep(transaction, one, row.attempts + 1, POISON);
            } else if (!handler.handle(transaction, List.of(one)).isEmpty()) {
                keep(transaction, one, row.attempts + 1, NOT_YET);
            } else {
                transaction.delete(rows, one);
                transaction.witness(() -> world.reached(Reached.PARKED_AND_RELEASED));
            }
        });
    }
}
