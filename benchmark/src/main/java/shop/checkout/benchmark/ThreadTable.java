package shop.checkout.benchmark;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the processor time of each process went into under one load, by thread. */
final class ThreadTable {
    /** Of a process; what is less goes together. */
    private static final double LEAST_PART = 0.01;

    private final Run run;
    private final Table table;

    private ThreadTable(Run run) {
        this.run = run;
        this.table = new Table("threads, " + run.name(), List.of("CPU ms a saga", "part of the process"));
    }

    /** @param processes in their order; those whose threads are not known are left out */
    static String text(Run run, List<String> processes) {
        var threads = new ThreadTable(run);
        processes.stream().filter(run.threads()::containsKey).forEach(threads::add);
        return threads.table.text();
    }

    private void add(String process) {
        double whole = run.share(process).total();
        row(process, whole, "");
        var shown = run.threads().getOrDefault(process, Map.of()).entrySet().stream()
                .map(family -> Map.entry(family.getKey(), family.getValue().total()))
                .filter(family -> family.getValue() > 0 && family.getValue() >= LEAST_PART * whole)
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .toList();
        shown.forEach(family -> row("  " + family.getKey(), family.getValue(), part(family.getValue(), whole)));
        double sum = shown.stream().mapToDouble(Map.Entry::getValue).sum();
        double others = Math.max(0, whole - sum); // each time is rounded by itself
        row("  others", others, part(others, whole));
    }

    private void row(String name, double millis, String part) {
        table.row(name, List.of(String.format(Locale.ROOT, "%.3f", millis), part));
    }

    private static String part(double millis, double whole) {
        return whole > 0 ? String.format(Locale.ROOT, "%.1f %%", 100 * millis / whole) : "";
    }
}
