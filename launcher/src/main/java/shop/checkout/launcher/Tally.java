package shop.checkout.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the demo checkouts so far. Safe for several threads. */
final class Tally {
    /** Enough for a steady p99. */
    private static final int RECENT = 5_000;

    private final Map<String, Instant> open = new LinkedHashMap<>();
    private final long[] latencies = new long[RECENT];
    private long started;
    private long completed;
    private long rejected;
    private long failed;

    /** A checkout was due; its latency counts from now on, whatever delays the request. */
    synchronized void started() {
        started++;
    }

    synchronized void accepted(String id, Instant due) {
        open.put(id, due);
    }

    /** The shop gave no answer, often enough. */
    synchronized void failed() {
        failed++;
    }

    synchronized void seen(ShopClient.Standing standing) {
        if (standing.isFinal()) {
            var due = open.remove(standing.id());
            if (due != null) {
                latencies[(int) ((completed + rejected) % RECENT)] =
                        Duration.between(due, standing.updatedAt()).toMillis();
                if (standing.isCompleted()) {
                    completed++;
                } else {
                    rejected++;
                }
            }
        }
    }

    /** Accepted checkouts whose end was not seen yet, oldest first, of those due before. */
    synchronized List<String> openBefore(Instant limit) {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().isBefore(limit))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The progress line; latencies are of the last 5,000 checkouts that ended. */
    synchronized String line() {
        long[] sorted = Arrays.copyOf(latencies, (int) Math.min(RECENT, completed + rejected));
        Arrays.sort(sorted);
        return "%,d started, %,d completed, %,d rejected, %,d in flight, p50 %s, p99 %s%s"
                .formatted(
                        started,
                        completed,
                        rejected,
                        started - completed - rejected - failed,
                        percentile(sorted, 0.50),
                        percentile(sorted, 0.99),
                        failed == 0 ? "" : ", %,d without an answer".formatted(failed));
    }

    private static String percentile(long[] sorted, double share) {
        return sorted.length == 0 ? "-" : sorted[(int) Math.ceil(share * sorted.length) - 1] + " ms";
    }
}
