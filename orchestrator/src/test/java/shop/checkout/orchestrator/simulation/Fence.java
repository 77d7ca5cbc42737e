package shop.checkout.orchestrator.simulation;

import shop.checkout.orchestrator.simulation.Topic.Published;

/**
 * The greatest fencing token seen in a partition from each source, kept with what was done because of it. A smaller one comes
 * from a leader whose time is over; whatever it publishes, its successor publishes again.
 */
final class Fence {

    private final World world;
    private final Table<Integer, Integer> seen = new Table<>();
    private final int[] judged = new int[16];

    Fence(World world) {
        this.world = world;
    }

    boolean admits(Transaction transaction, Published one) {
        int source = one.row().source();
        var token = transaction.get(seen, source);
        if (token != null && token > one.token() && !world.has(Mutant.NO_FENCING)) {
            return false;
        }
        if (token == null || token < one.token()) {
            transaction.put(seen, source, one.token());
        }
        transaction.witness(() -> judge(one));
        return true;
    }

    private void judge(Published one) {
        int source = one.row().source();
        if (one.token() < judged[source]) {
            throw new Violation(
                    Rule.LEADERS_IN_ORDER,
                    one.row().saga(),
                    one.row() + " with token " + one.token() + " is accepted after one with " + judged[source]);
        }
        judged[source] = one.token();
    }
}
