package shop.checkout.orchestrator.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/**
 * Looks for rows that are due, and has some replica work on each. The rows are all it knows: whoever wrote them may be dead.
 */
final class Sweep<K> {

    /** Of a row that is not due at any time. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long INTERVAL = 300;

    private final World world;
    private final Service service;
    private final Runnable lookAgain;
    private final ToLongFunction<K> dueAt;
    private final BiConsumer<Replica, K> work;
    private final Map<K, Long> looks = new HashMap<>();

    <V> Sweep(World world, Service service, Table<K, V> table, ToLongFunction<V> dueAt, BiConsumer<Replica, K> work) {
        this.world = world;
        this.service = service;
        this.work = work;
        this.lookAgain = () -> table.keys().forEach(this::expect);
        this.dueAt = key -> {
            var row = table.committed(key);
            return row == null ? NEVER : dueAt.applyAsLong(row);
        };
        service.sweeps(this);
    }

    /** A row was written: it will be looked at when it is due. */
    void expect(K key) {
        long due = dueAt.applyAsLong(key);
        if (due == NEVER) {
            return;
        }
        long at = Math.max(due, world.time().now()) + world.chance().between(0, INTERVAL);
        var planned = looks.get(key);
        if (planned == null || planned > at) {
            looks.put(key, at);
            world.time().at(at, () -> look(key, at));
        }
    }

    /** Somebody was lost who may have been at a row. */
    void lookAgain() {
        if (!world.has(Mutant.WHAT_IS_DUE_ONLY_IN_MEMORY)) {
            lookAgain.run();
        }
    }

    private void look(K key, long at) {
        var planned = looks.get(key);
        if (planned == null || planned != at) {
            return;
        }
        looks.remove(key);
        if (dueAt.applyAsLong(key) <= world.time().now()) {
            service.anyReplica(replica -> work.accept(replica, key));
        } else {
            expect(key);
        }
    }
}
