package shop.checkout.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators look at, in monitoring/grafana. */
record Dashboard(List<Panel> panels) {

    private static final Path PLACE = Path.of("..", "monitoring", "grafana", "checkout-saga.json");

    /** A panel, where it is and what it asks Prometheus for. */
    record Panel(int id, String title, String source, Area area, List<String> queries) {

        boolean isHeading() {
            return queries.isEmpty();
        }
    }

    /** On a grid that is 24 wide. */
    record Area(int x, int y, int width, int height) {

        boolean overlaps(Area other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }
    }

    static Dashboard read() {
        try {
            var json = JsonMapper.shared().readTree(Files.readString(PLACE));
            return new Dashboard(
                    json.path("panels").valueStream().map(Dashboard::panel).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(PLACE + " cannot be read", e);
        }
    }

    /** All queries, with Grafana's own variable replaced by what it stands for. */
    Stream<String> queries() {
        return panels.stream().flatMap(it -> it.queries().stream()).map(it -> it.replace("$__rate_interval", "5m"));
    }

    private static Panel panel(JsonNode panel) {
        return new Panel(
                panel.path("id").asInt(),
                panel.path("title").asString(),
                panel.at("/datasource/uid").asString(""),
                area(panel.path("gridPos")),
                panel.path("targets")
                        .valueStream()
                        .map(it -> it.path("expr").asString())
                        .toList());
    }

    private static Area area(JsonNode area) {
        return new Area(
                area.path("x").asInt(),
                area.path("y").asInt(),
                area.path("w").asInt(),
                area.path("h").asInt());
    }
}
