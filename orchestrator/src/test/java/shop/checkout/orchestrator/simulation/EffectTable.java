package shop.checkout.orchestrator.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shop.checkout.effect.Change;
import shop.checkout.effect.Effect;
import shop.checkout.effect.EffectStore;
import shop.checkout.effect.Standing;
import shop.checkout.message.MessageKey;

/** Where a participant keeps its effects in the outside world; they are read and written in the current transaction. */
final class EffectTable implements EffectStore<Integer> {

    private final World world;
    private final Table<MessageKey, Standing<Integer>> rows = new Table<>();
    private @Nullable Transaction current;

    EffectTable(World world) {
        this.world = world;
    }

    <T> T within(Transaction transaction, Supplier<T> work) {
        current = transaction;
        try {
            return work.get();
        } finally {
            current = null;
        }
    }

    @Override
    public List<Standing<Integer>> find(Collection<MessageKey> commands) {
        var found = new ArrayList<Standing<Integer>>();
        for (var command : commands) {
            var row = transaction().get(rows, command);
            if (row != null) {
                found.add(row);
            }
        }
        return found;
    }

    @Override
    public List<Standing<Integer>> lock(SortedSet<MessageKey> commands) {
        return find(commands);
    }

    @Override
    public void write(List<Change<Integer>> changes) {
        for (var change : changes) {
            boolean isTombstone = change.after().effect() instanceof Effect.Blocked;
            if (isTombstone) {
                transaction().witness(() -> world.reached(Reached.UNDO_BEFORE_DO));
            }
            if (!isTombstone || !world.has(Mutant.NO_TOMBSTONE)) {
                transaction().put(rows, change.after().command(), change.after());
            }
        }
    }

    private Transaction transaction() {
        if (current == null) {
            throw new IllegalStateException("effects are read and written within a transaction");
        }
        return current;
    }
}
