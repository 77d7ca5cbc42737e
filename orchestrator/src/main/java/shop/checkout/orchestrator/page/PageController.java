package shop.checkout.orchestrator.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.api.CheckoutView;
import shop.checkout.orchestrator.api.Checkouts;
import shop.checkout.orchestrator.api.Checkouts.Filter;
import shop.checkout.orchestrator.operations.Timeline;
import shop.checkout.web.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/** The status page and what it asks for. */
@RestController
class PageController {

    private final StatusPage page = StatusPage.assemble();
    private final LiveFeed feed;
    private final Checkouts checkouts;
    private final Timeline timeline;
    private final JsonMapper json;
    private final Clock clock;

    PageController(LiveFeed feed, Checkouts checkouts, Timeline timeline, JsonMapper json, Clock clock) {
        this.feed = feed;
        this.checkouts = checkouts;
        this.timeline = timeline;
        this.json = json;
        this.clock = clock;
    }

    /** A checkout and its past. */
    record Detail(CheckoutView checkout, List<Timeline.Entry> history) {}

    @GetMapping("/")
    ResponseEntity<Void> home() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("/ui"))
                .build();
    }

    @GetMapping(path = "/ui", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> page() {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noCache())
                .header("Content-Security-Policy", page.contentSecurityPolicy())
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .body(page.html());
    }

    /** Does not end by itself; costs a virtual thread a watcher. */
    @GetMapping("/ui/events")
    void events(@RequestParam(defaultValue = "ALL") Filter view, HttpServletResponse response)
            throws IOException, InterruptedException {
        if (!feed.join(view)) {
            throw ProblemException.of(
                            HttpStatus.SERVICE_UNAVAILABLE, "too-many-watchers", "Too many pages are open right now.")
                    .retryAfter(Duration.ofSeconds(10));
        }
        try {
            new EventStream(feed, view, json, clock).writeTo(response);
        } finally {
            feed.leave(view);
        }
    }

    @GetMapping("/ui/checkouts/{id}")
    Detail detail(@PathVariable UUID id) {
        var saga = new SagaId(id);
        var checkout = checkouts
                .find(saga)
                .orElseThrow(() -> ProblemException.of(
                        HttpStatus.NOT_FOUND, "unknown-checkout", "There is no checkout " + id + "."));
        return new Detail(checkout, timeline.of(saga));
    }
}
