package shop.checkout.orchestrator.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.checkout.message.MessageKey;

/**
 * Reads rows now, and writes rows and messages later, all at once or not at all.
 *
 * <p>It does not wait for the locks of others: its commit is refused if a row that it read has changed since, and then it is
 * begun again. A transaction that waits for a lock, reads what the other one wrote and goes on comes to the same.
 */
final class Transaction {

    /** A row that was read, and perhaps written. A row that has been written since is another object. */
    @SuppressWarnings("ReferenceEquality")
    private static final class Entry<K, V> {
        private final Table<K, V> table;
        private final K key;
        private final @Nullable V read;
        private @Nullable V written;

        private Entry(Table<K, V> table, K key) {
            this.table = table;
            this.key = key;
            this.read = table.committed(key);
            this.written = read;
        }

        private boolean isStale() {
            return table.committed(key) != read;
        }

        private void store() {
            if (written != read) {
                table.store(key, written);
            }
        }
    }

    private final World world;
    private final Database database;
    private final Replica replica;
    private final List<Entry<?, ?>> entries = new ArrayList<>(8);
    private final List<OutboxRow> messages = new ArrayList<>(4);
    private final List<Runnable> evidence = new ArrayList<>(4);
    private final List<Runnable> followers = new ArrayList<>(2);

    Transaction(World world, Database database, Replica replica) {
        this.world = world;
        this.database = database;
        this.replica = replica;
    }

    Replica replica() {
        return replica;
    }

    <K, V> @Nullable V get(Table<K, V> table, K key) {
        return entry(table, key).written;
    }

    <K, V> void put(Table<K, V> table, K key, V row) {
        entry(table, key).written = row;
    }

    <K, V> void delete(Table<K, V> table, K key) {
        entry(table, key).written = null;
    }

    void send(int saga, MessageKey key, Object body, int send, Topic topic) {
        var row = new OutboxRow(saga, key, body, send, topic, database.number());
        messages.add(row);
        if (world.has(Mutant.OUTBOX_ROW_OUTSIDE_THE_TRANSACTION)) {
            database.append(List.of(row));
        }
    }

    /** Something for the judge to hear if and only if the transaction commits. */
    void witness(Runnable fact) {
        evidence.add(fact);
    }

    /** Something that the replica does once the transaction has committed, unless it dies. */
    void then(Runnable action) {
        followers.add(action);
    }

    /** False if a row had changed meanwhile; then nothing is written. */
    boolean commit() {
        if (!world.has(Mutant.NO_VERSION_CHECK)) {
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i).isStale()) {
                    return false;
                }
            }
        }
        entries.forEach(Entry::store);
        evidence.forEach(Runnable::run);
        messages.forEach(world.judge()::committed);
        if (!world.has(Mutant.OUTBOX_ROW_OUTSIDE_THE_TRANSACTION) && !world.has(Mutant.OUTBOX_ROW_AFTER_THE_COMMIT)) {
            database.append(messages);
        }
        return true;
    }

    /** What comes after the commit. */
    void follow() {
        if (world.has(Mutant.OUTBOX_ROW_AFTER_THE_COMMIT)) {
            database.append(messages);
        }
        followers.forEach(Runnable::run);
    }

    @SuppressWarnings("unchecked") // an entry of the same table has the same types
    private <K, V> Entry<K, V> entry(Table<K, V> table, K key) {
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            if (entry.table == table && entry.key.equals(key)) {
                return (Entry<K, V>) entry;
            }
        }
        var entry = new Entry<>(table, key);
        entries.add(entry);
        return entry;
    }
}
