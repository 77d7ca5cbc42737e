package shop.checkout.orchestrator.simulation;

import java.util.ArrayList;
import java.util.List;

/** A service's database: transactions over its tables, and the log of outbox rows in the order of their commits. */
final class Database {

    private final World world;
    private final int number;
    private final List<OutboxRow> log = new ArrayList<>();
    private Runnable onAppend = () -> {};

    Database(World world, int number) {
        this.world = world;
        this.number = number;
    }

    /** Tells databases apart: the source of what is published. */
    int number() {
        return number;
    }

    void onAppend(Runnable action) {
        onAppend = action;
    }

    List<OutboxRow> log() {
        return log;
    }

    Transaction begin(Replica replica) {
        return new Transaction(world, this, replica);
    }

    void append(List<OutboxRow> rows) {
        if (!rows.isEmpty()) {
            log.addAll(rows);
            onAppend.run();
        }
    }
}
