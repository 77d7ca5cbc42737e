package shop.checkout.e2e.shop;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
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
        return ended(() -> checkout(key, cart.json(), PATIENCE)); // the same key: the same checkout
    }

    private static JsonNode ended(Supplier<Answer> asked) {
        var answer = asked.get();
        for (int i = 1; i < ASKED_AT_MOST && answer.status() == 202; i++) {
            answer = asked.get();
        }
        if (answer.status() != 200) {
            throw new AssertionError("what has ended is answered with 200: " + answer);
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

    /** Asks for a return of a whole checkout; wait as above. */
    public HttpRequest.Builder returnRequest(String checkout, String key, Duration wait) {
        var request = Http.request(http.url(Part.ORCHESTRATOR, CHECKOUTS + "/" + checkout + "/returns"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"reason\":\"too loud\"}"));
        return wait.isZero() ? request : request.header("Prefer", "wait=" + wait.toSeconds());
    }

    public Answer goodsReturn(String checkout, String key, Duration wait) {
        try {
            return Http.send(returnRequest(checkout, key, wait).build());
        } catch (IOException e) {
            throw new AssertionError("POST of a return of " + checkout + " should be answered", e);
        }
    }

    /** A return that is given the time to end. */
    public JsonNode endedReturn(String checkout, String key) {
        return ended(() -> goodsReturn(checkout, key, PATIENCE));
    }

    /**
     * The returns of a checkout.
     *
     * @param path of one of them, or empty
     */
    public Answer returns(String checkout, String path) {
        return http.get(Part.ORCHESTRATOR, CHECKOUTS + "/" + checkout + "/returns" + path);
    }

    /** What a participant says. */
    public Answer ask(Part part, String path) {
        return http.get(part, path);
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
                        line.path("cancellations").asInt(),
                        line.path("pickUps").asInt(),
                        line.path("pickUpCancellations").asInt()))
                .toList();
    }
}
