package shop.checkout.benchmark.cpu;

import java.util.Map;

/**
 * Processor time between two readings.
 *
 * @param processes by label
 * @param threads by label and family of thread names; of each label as much as of its processes. Empty if threads were not read
 * @param machine what all processors did
 */
public record Spent(Map<String, Cpu> processes, Map<String, Map<String, Cpu>> threads, Cpu machine) {
    /** What threads spent that are not there any more. */
    public static final String ENDED_THREADS = "ended threads";

    public Spent {
        processes = Map.copyOf(processes);
        threads = Map.copyOf(threads);
    }
}
