package shop.checkout.benchmark.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** How many sagas the orchestrator's database holds, by status. */
public record Books(Map<String, Long> sagas) {
    private static final String COUNT =
            "select status, count(*) from saga where definition = 'checkout' group by status";

    public Books {
        sagas = Map.copyOf(sagas);
    }

    public static Books of(Connection orchestrator) throws SQLException {
        try (var statement = orchestrator.createStatement();
                var rows = statement.executeQuery(COUNT)) {
            var sagas = new TreeMap<String, Long>();
            while (rows.next()) {
                sagas.put(rows.getString(1), rows.getLong(2));
            }
            return new Books(sagas);
        }
    }

    /** What there should be after so many checkouts, counted from 0, have ended. */
    public static Books after(long checkouts) {
        long rejected = checkouts / Checkouts.DECLINED_ONE_IN;
        var sagas = new TreeMap<>(Map.of("COMPLETED", checkouts - rejected, "REJECTED", rejected));
        sagas.values().removeIf(count -> count == 0);
        return new Books(sagas);
    }

    public Books plus(Books other) {
        var sum = new TreeMap<>(sagas);
        other.sagas.forEach((status, count) -> sum.merge(status, count, Long::sum));
        return new Books(sum);
    }

    /** What is here beyond what was there before. */
    public Books since(Books earlier) {
        var more = new TreeMap<String, Long>();
        sagas.forEach((status, count) -> {
            long difference = count - earlier.sagas.getOrDefault(status, 0L);
            if (difference != 0) {
                more.put(status, difference);
            }
        });
        return new Books(more);
    }
}
