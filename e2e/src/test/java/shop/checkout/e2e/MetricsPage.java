package shop.checkout.e2e;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import shop.checkout.e2e.shop.Part;

/** What operators are told about metrics, in docs/metrics.md. */
record MetricsPage(String text) {

    private static final Path PLACE = Path.of("..", "docs", "metrics.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern OWN = Pattern.compile("(?:checkout|relay)_[a-z_]+");

    /** A metric of ours, as its line in a table has it. */
    record Row(String micrometer, String prometheus, Set<String> labels, String unit) {}

    static MetricsPage read() {
        try {
            return new MetricsPage(Files.readString(PLACE));
        } catch (IOException e) {
            throw new UncheckedIOException(PLACE + " cannot be read", e);
        }
    }

    /** Those that a process is said to have. */
    List<Row> of(Part part) {
        return switch (part) {
            case ORCHESTRATOR -> rows("Every service", "Orchestrator");
            case PAYMENT, SHIPPING -> rows("Every service", "Payment and shipping");
            case INVENTORY, SANDBOX -> rows("Every service");
        };
    }

    private List<Row> rows(String... sections) {
        return Stream.of(sections)
                .flatMap(this::cells)
                .map(it -> new Row(code(it[1]), code(it[2]), words(it[3]), it[4]))
                .toList();
    }

    Map<String, Set<String>> labels(Part part) {
        return of(part).stream().collect(toMap(Row::prometheus, Row::labels));
    }

    Set<String> ofLibraries() {
        return cells("Of the libraries").map(it -> code(it[1])).collect(toUnmodifiableSet());
    }

    /** Those that any process is said to have, by Prometheus' names. */
    Set<String> ours() {
        return Stream.of(Part.ORCHESTRATOR, Part.PAYMENT)
                .flatMap(it -> labels(it).keySet().stream())
                .collect(toUnmodifiableSet());
    }

    /** Whatever it names, by Prometheus' names. */
    Set<String> all() {
        return Stream.concat(ours().stream(), ofLibraries().stream()).collect(toUnmodifiableSet());
    }

    /** A timer is several series. */
    static String ofSeries(String name) {
        return name.replaceFirst("_(count|sum|max|bucket)$", "");
    }

    /** All of ours that are spoken of anywhere, as in what to be woken for. */
    Set<String> mentioned() {
        return CODE.matcher(text)
                .results()
                .flatMap(code -> OWN.matcher(code.group(1)).results())
                .map(it -> it.group())
                .collect(toUnmodifiableSet());
    }

    /** The lines of the section's table; the first cell is number 1. */
    private Stream<String[]> cells(String section) {
        var begin = text.indexOf("\n## " + section + "\n");
        var end = text.indexOf("\n## ", begin + 1);
        return text.substring(begin, end < 0 ? text.length() : end)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new));
    }

    private static String code(String cell) {
        return cell.replace("`", "");
    }

    private static Set<String> words(String cell) {
        return Arrays.stream(cell.split(","))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .collect(toUnmodifiableSet());
    }
}
