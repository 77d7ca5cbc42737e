package shop.checkout.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Text in columns: the first to the left, the others to the right. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String first, List<String> columns) {
        row(first, columns);
    }

    /** @throws IllegalArgumentException when there are not as many cells as columns */
    void row(String name, List<String> cells) {
        if (!rows.isEmpty() && cells.size() != rows.getFirst().size() - 1) {
            throw new IllegalArgumentException("the row '%s' needs %d cells, not %s"
                    .formatted(name, rows.getFirst().size() - 1, cells));
        }
        var row = new ArrayList<>(List.of(name));
        row.addAll(cells);
        rows.add(List.copyOf(row));
    }

    String text() {
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        var text = new StringBuilder();
        for (var row : rows) {
            text.append(line(row, widths).stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            var padding = " ".repeat(widths[column] - row.get(column).length());
            line.append(column == 0 ? row.get(column) + padding : "  " + padding + row.get(column));
        }
        return line.toString();
    }
}
