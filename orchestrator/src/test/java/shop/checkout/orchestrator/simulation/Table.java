package shop.checkout.orchestrator.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows by key, as they were last committed. Rows are values: a change is a new one. */
final class Table<K, V> {

    private final Map<K, V> rows = new LinkedHashMap<>();

    @Nullable
    V committed(K key) {
        return rows.get(key);
    }

    List<K> keys() {
        return List.copyOf(rows.keySet());
    }

    void store(K key, @Nullable V row) {
        if (row == null) {
            rows.remove(key);
        } else {
            rows.put(key, row);
        }
    }
}
