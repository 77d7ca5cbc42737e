package shop.checkout.benchmark.shop;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** When the system has nothing to do any more, though its checkouts were answered before. */
final class Rest {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(200);

    /** What each service has still to do; all zero at rest. */
    private static final Map<Part, String> WORK = Map.of(
            Part.ORCHESTRATOR, "select count(*) from saga where wake_at is not null",
            Part.INVENTORY, "select count(*) from reservation where state = 'RESERVED'",
            Part.PAYMENT, "select count(*) from intent",
            Part.SHIPPING, "select count(*) from intent");

    private static final String LOG_END = "select pg_current_wal_lsn()::text";

    /** Relays that have not confirmed all up to there; an idle one does so every ten seconds. */
    private static final String BEHIND = "select count(*) from pg_replication_slots where confirmed_flush_lsn < '%s'";

    private Rest() {}

    /** @throws IllegalStateException when it never comes to rest */
    static void await(RunningShop shop) throws SQLException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        for (var work : WORK.entrySet()) {
            awaitZero(shop, work.getKey(), work.getValue(), end);
        }
        var logEnd = query(shop, Part.ORCHESTRATOR, LOG_END);
        awaitZero(shop, Part.ORCHESTRATOR, BEHIND.formatted(logEnd), end);
    }

    private static void awaitZero(RunningShop shop, Part part, String query, long end)
            throws SQLException, InterruptedException {
        while (!query(shop, part, query).equals("0")) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(part.module() + " did not come to rest within " + LIMIT + ": " + query);
            }
            Thread.sleep(POLL);
        }
    }

    private static String query(RunningShop shop, Part part, String query) throws SQLException {
        try (var database = shop.database(part);
                var statement = database.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
