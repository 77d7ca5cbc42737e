package shop.checkout.e2e.shop;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import shop.checkout.e2e.guarantee.Evidence.Outside;
import shop.checkout.e2e.shop.Http.Answer;
import tools.jackson.databind.JsonNode;

/** The HTTP APIs as front ends and people use them. */
public final class Api {

    private static final String CHECKOUTS = "/api/v1/checkouts";

    /** How long a request is held, and how often it is made, by somebody who wants to see a checkout's end. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int ASKED_AT_MOST = 6;

    private final Http http;

    Api(Http http) {
        this.http = http;
    }

    /** Asks for a checkout; the answer is held until it has ended, or for this long. */
    public Answer checkout(String key, String body, Duration wait) {
        try {
            return Http.send(request(key, body, wait).build());
        } catch (IOException e) {
            throw new AssertionError("POST " + CHECKOUTS + " should be answered", e);
        }
    }

    /** A checkout that is given the time to end. */
    public JsonNode ended(String key, Cart cart) {
        var answer = checkout(key, cart.json(), PATIENCE);
        for (int i = 1; i < ASKED_AT_MOST && answer.status() == 202; i++) {
            answer = checkout(key, cart.json(), PATIENCE); // the same key: the same checkout
        }
        if (answer.status() != 200) {
            throw new AssertionError("a checkout that has ended is answered with 200: " + answer);
        }
        return answer.json();
    }

    /**
     * The same, for whoever sends it.
     *
     * @param wait how long the answer may be held; zero for not at all
     */
    public HttpRequest.Builder request(String key, String body, Duration wait) {
        var request = Http.request(http.url(Part.ORCHESTRATOR, CHECKOUTS))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body));
        return wait.isZero() ? request : request.header("Prefer", "wait=" + wait.toSeconds());
    }

    public Answer find(String id) {
        return http.get(Part.ORCHESTRATOR, CHECKOUTS + "/" + id);
    }

    /**
     * A page of the list.
     *
     * @param query such as {@code ?limit=2}
     */
    public Answer list(String query) {
        return http.get(Part.ORCHESTRATOR, CHECKOUTS + query);
    }

    public Answer page(String path) {
        return http.get(Part.ORCHESTRATOR, path);
    }

    /** What payment provider and carrier did for an order; zeros if nothing. */
    public Outside outside(String order) {
        return effects("?order=" + order).stream()
                .findFirst()
                .orElseGet(() -> new Outside(UUID.fromString(order), 0, 0, 0, 0, 0, 0));
    }

    /** What payment provider and carrier ever did. */
    public List<Outside> outside() {
        return effects("");
    }

    private List<Outside> effects(String query) {
        return http.get(Part.SANDBOX, "/sandbox/v1/effects" + query)
                .text()
                .lines()
                .map(Http.JSON::readTree)
                .map(line -> new Outside(
                        UUID.fromString(line.path("order").asString()),
                        line.path("captured").asLong(),
                        line.path("refunded").asLong(),
                        line.path("captures").asInt(),
                        line.path("refunds").asInt(),
                        line.path("shipments").asInt(),
                        line.path("cancellations").asInt()))
                .toList();
    }
}
