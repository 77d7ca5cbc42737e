package shop.checkout.benchmark;

import java.time.Duration;
import java.util.List;

/**
 * When a system that was just started counts as warm: the optimizing compiler has done its work and the throughput is level.
 *
 * @param atMost after this long it counts as warm in any case
 */
record WarmUp(Duration atMost) {
    /** Between two looks. */
    static final Duration STEP = Duration.ofSeconds(5);

    /** How many checkouts go through before anything else is asked: a method is optimized after some ten thousand calls. */
    static final long CHECKOUTS = 15_000;

    private static final int LEVEL = 4;
    private static final double TOLERANCE = 0.1;

    /** @param perStep how many checkouts have ended in each step so far */
    boolean isOver(List<Long> perStep) {
        return isWarm(perStep) || STEP.multipliedBy(perStep.size()).compareTo(atMost) >= 0;
    }

    static boolean isWarm(List<Long> perStep) {
        long sum = perStep.stream().mapToLong(Long::longValue).sum();
        return sum >= CHECKOUTS
                && perStep.size() >= LEVEL
                && isLevel(perStep.subList(perStep.size() - LEVEL, perStep.size()));
    }

    private static boolean isLevel(List<Long> last) {
        var statistics = last.stream().mapToLong(Long::longValue).summaryStatistics();
        return statistics.getMax() - statistics.getMin() <= TOLERANCE * statistics.getAverage();
    }
}
