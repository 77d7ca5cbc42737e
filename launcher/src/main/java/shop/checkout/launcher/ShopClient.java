package shop.checkout.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shop's HTTP API as a front end uses it: place checkouts, see how they ended, list products. */
final class ShopClient {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private final URI checkouts;
    private final URI stock;

    ShopClient(PortPlan ports) {
        this.checkouts = ports.url(Part.ORCHESTRATOR).resolve("/api/v1/checkouts");
        this.stock = ports.url(Part.INVENTORY).resolve("/api/v1/stock");
    }

    /** How a checkout stands. */
    record Standing(String id, String status, Instant updatedAt) {
        boolean isFinal() {
            return isCompleted() || status.equals("REJECTED");
        }

        boolean isCompleted() {
            return status.equals("COMPLETED");
        }
    }

    /** A part of the list of checkouts, newest first. */
    record Page(List<Standing> checkouts, Optional<String> next) {
        Page {
            checkouts = List.copyOf(checkouts);
        }
    }

    /**
     * Asks for a checkout. Asking again with the same key makes no second one.
     *
     * @return its id; empty when the shop is too busy or a request of the same key is still under way: ask again later
     * @throws IOException when there is no answer, or one that makes no sense
     */
    Optional<String> place(String idempotencyKey, String body) throws IOException, InterruptedException {
        var answer = http.send(
                request(checkouts)
                        .header("Idempotency-Key", idempotencyKey)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        return switch (answer.statusCode()) {
            case 200, 201, 202 ->
                Optional.of(JSON.readTree(answer.body()).path("id").asString());
            case 409, 429, 503 -> Optional.empty();
            default -> throw unexpected(answer);
        };
    }

    /** The newest checkouts, or those after a cursor. */
    Page list(int limit, Optional<String> cursor) throws IOException, InterruptedException {
        var query = "?limit=" + limit + cursor.map(from -> "&cursor=" + from).orElse("");
        var page = get(URI.create(checkouts + query));
        var standings =
                page.path("items").valueStream().map(ShopClient::standing).toList();
        var next = page.path("next");
        return new Page(standings, next.isString() ? Optional.of(next.asString()) : Optional.empty());
    }

    Standing find(String id) throws IOException, InterruptedException {
        return standing(get(URI.create(checkouts + "/" + id)));
    }

    /**
     * What the shop sells.
     *
     * @throws LauncherException when inventory-service does not answer
     */
    List<Product> products() {
        try {
            return get(stock)
                    .path("items")
                    .valueStream()
                    .map(item -> new Product(
                            item.path("sku").asString(),
                            item.path("price").path("amount").asString(),
                            item.path("price").path("currency").asString(),
                            item.path("available").asLong()))
                    .toList();
        } catch (IOException e) {
            throw new LauncherException("the products cannot be listed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted while listing the products", e);
        }
    }

    private JsonNode get(URI address) throws IOException, InterruptedException {
        var answer = http.send(request(address).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw unexpected(answer);
        }
        return JSON.readTree(answer.body());
    }

    private static Standing standing(JsonNode checkout) {
        return new Standing(
                checkout.path("id").asString(),
                checkout.path("status").asString(),
                Instant.parse(checkout.path("updatedAt").asString()));
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(LIMIT);
    }

    private static IOException unexpected(HttpResponse<String> answer) {
        return new IOException(answer.request().method() + " " + answer.uri() + " answered " + answer.statusCode()
                + ": " + answer.body());
    }
}
