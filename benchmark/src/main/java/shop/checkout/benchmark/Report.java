package shop.checkout.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shop.checkout.benchmark.limit.Limit;
import shop.checkout.benchmark.shop.Books;
import shop.checkout.benchmark.shop.Part;
import shop.checkout.benchmark.shop.RunningShop;

/**
 * All that one call of the benchmark has found out; as such also written as JSON.
 *
 * @param machine what it ran on
 * @param setup how it was run
 * @param limits what the machine can do without the system
 * @param expected what the orchestrator's database should hold by the answers
 * @param found what it holds
 * @param complaints answers that were not as they should be, by kind
 */
record Report(
        Map<String, String> machine,
        Map<String, String> setup,
        List<Run> runs,
        List<Limit> limits,
        Books expected,
        Books found,
        Map<String, Long> complaints) {
    private static final List<String> PROCESSES = Stream.concat(
                    Stream.of(Part.values()).map(Part::module), Stream.of(RunningShop.KAFKA))
            .toList();

    Report {
        machine = Map.copyOf(machine);
        setup = Map.copyOf(setup);
        runs = List.copyOf(runs);
        limits = List.copyOf(limits);
        complaints = Map.copyOf(complaints);
    }

    /** Every checkout ended as it should, and the books say the same. */
    boolean isSound() {
        return complaints.isEmpty() && expected.equals(found);
    }

    String text() {
        var table = new Table("", runs.stream().map(Run::name).toList());
        row(table, "sagas/s", run -> number("%,.0f", run.perSecond()));
        row(table, "latency p50 ms", run -> number("%,.1f", run.latency().p50()));
        row(table, "latency p95 ms", run -> number("%,.1f", run.latency().p95()));
        row(table, "latency p99 ms", run -> number("%,.1f", run.latency().p99()));
        row(table, "latency max ms", run -> number("%,.1f", run.latency().max()));
        row(table, "CPU ms a saga (user + system)", _ -> "");
        for (var process : processes()) {
            row(table, "  " + process, run -> share(run.share(process)));
        }
        row(table, "  PostgreSQL, all of it", run -> share(run.sum(name -> name.startsWith("PostgreSQL"))));
        row(table, "  sum of the processes", run -> share(run.sum(_ -> true)));
        row(table, "  whole machine", run -> share(run.machine()));
        row(table, "processors busy of " + machine.get("processors"), run -> number("%.2f", run.busyProcessors()));
        if (runs.stream().anyMatch(run -> !firstAlike(run).equals(run))) {
            row(table, "by the first column of the same load", _ -> "");
            row(table, "  sagas/s", run -> ratio(run, Run::perSecond));
            row(table, "  latency p50", run -> ratio(run, it -> it.latency().p50()));
            row(table, "  latency p99", run -> ratio(run, it -> it.latency().p99()));
            row(table, "  CPU a saga", run -> ratio(run, it -> it.sum(_ -> true).total()));
        }
        row(table, "part of what this machine can do", _ -> "");
        for (var limit : limits) {
            row(
                    table,
                    "  " + described(limit),
                    run -> number("%.1f %%", 100 * run.perSecond() / limit.sagasPerSecond()));
        }
        row(table, "sagas measured", run -> number("%,.0f", (double) run.sagas()));
        return table.text() + "\n" + threads() + verdict();
    }

    private String threads() {
        return runs.stream()
                .filter(run -> !run.threads().isEmpty())
                .map(run -> ThreadTable.text(run, processes()) + "\n")
                .collect(Collectors.joining());
    }

    private String verdict() {
        return "checkouts answered as expected: %s\nbooks: %s sagas by the answers, %s in the database%s\n"
                .formatted(
                        complaints.isEmpty() ? "all" : "NOT ALL: " + complaints,
                        expected.sagas(),
                        found.sagas(),
                        expected.equals(found) ? "" : ": THEY DIFFER");
    }

    /** The usual ones first, also those that cost nothing, then PostgreSQL's and the driver. */
    private List<String> processes() {
        var others = new TreeSet<String>();
        runs.forEach(run -> others.addAll(run.cpu().keySet()));
        PROCESSES.forEach(others::remove);
        others.remove(RunningShop.DRIVER);
        return Stream.of(PROCESSES.stream(), others.stream(), Stream.of(RunningShop.DRIVER))
                .flatMap(Function.identity())
                .toList();
    }

    private Run firstAlike(Run run) {
        return runs.stream()
                .filter(it -> it.load().equals(run.load()))
                .findFirst()
                .orElseThrow();
    }

    private String ratio(Run run, ToDoubleFunction<Run> figure) {
        return number("%.2f", figure.applyAsDouble(run) / figure.applyAsDouble(firstAlike(run)));
    }

    private static String described(Limit limit) {
        var perSecond = number("%,.0f/s", limit.perSecond());
        return limit.perSaga() == 1
                ? limit.name() + ": " + perSecond
                : "%s: %s, for %,.0f sagas/s".formatted(limit.name(), perSecond, limit.sagasPerSecond());
    }

    private void row(Table table, String name, Function<Run, String> cell) {
        table.row(name, runs.stream().map(cell).toList());
    }

    private static String share(Run.Share share) {
        return String.format(Locale.ROOT, "%.3f (%.3f + %.3f)", share.total(), share.user(), share.system());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
