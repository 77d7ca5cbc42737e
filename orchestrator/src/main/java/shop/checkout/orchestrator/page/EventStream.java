package shop.checkout.orchestrator.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.api.CheckoutCounts.Counts;
import shop.checkout.orchestrator.api.CheckoutView;
import shop.checkout.orchestrator.api.Checkouts.Filter;
import shop.checkout.orchestrator.page.LiveFeed.Snapshot;
import tools.jackson.databind.json.JsonMapper;

/**
 * One watcher's stream of server-sent events: {@code rows} whenever something changed, with all ids in order and those rows that
 * the watcher does not have yet; {@code heartbeat} when nothing did. Remembers only what the last event showed.
 */
final class EventStream {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    record Rows(Instant now, Counts counts, List<SagaId> order, List<CheckoutView> rows) {}

    record Heartbeat(Instant now, boolean fresh) {}

    private final LiveFeed feed;
    private final Filter filter;
    private final JsonMapper json;
    private final Clock clock;
    private Map<SagaId, Long> shown = Map.of();

    EventStream(LiveFeed feed, Filter filter, JsonMapper json, Clock clock) {
        this.feed = feed;
        this.filter = filter;
        this.json = json;
        this.clock = clock;
    }

    /** Goes on until the client is gone, which is an IOException, or the service stops. */
    void writeTo(HttpServletResponse response) throws IOException, InterruptedException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        var out = response.getOutputStream();
        long known = -1;
        while (feed.isRunning()) {
            Optional<Snapshot> snapshot = feed.newerThan(known, filter, HEARTBEAT);
            known = snapshot.map(Snapshot::number).orElse(known);
            if (snapshot.isPresent()) {
                send(out, "rows", changes(snapshot.get()));
            } else {
                send(out, "heartbeat", new Heartbeat(clock.instant(), feed.isFresh()));
            }
        }
    }

    private Rows changes(Snapshot snapshot) {
        var before = shown;
        var now = new HashMap<SagaId, Long>();
        snapshot.rows().forEach(row -> now.put(row.id(), row.revision()));
        var changed = snapshot.rows().stream()
                .filter(row -> before.getOrDefault(row.id(), -1L) != row.revision())
                .toList();
        shown = now;
        var order = snapshot.rows().stream().map(CheckoutView::id).toList();
        return new Rows(clock.instant(), snapshot.counts(), order, changed);
    }

    private void send(OutputStream out, String event, Object data) throws IOException {
        out.write(("event: " + event + "\ndata: " + json.writeValueAsString(data) + "\n\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
