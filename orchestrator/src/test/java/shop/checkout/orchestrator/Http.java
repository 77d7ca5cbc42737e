package shop.checkout.orchestrator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import shop.checkout.message.SagaId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that speaks to the orchestrator as any other would. */
public final class Http {

    public static final String CHECKOUTS = "/api/v1/checkouts";

    public static final String CHECKOUT = """
            {"customerId":"c-42","lines":[{"sku":"espresso-machine","quantity":1}],
             "payment":{"method":"pm_card_visa"},
             "shippingAddress":{"name":"Ada Lovelace","street":"12 St James's Square","city":"London",
                                "postalCode":"SW1Y 4JH","country":"GB"}}
            """;

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What came back. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String text(String field) {
            return json().path(field).asString("");
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public SagaId id() {
            return SagaId.parse(text("id"));
        }
    }

    private final URI base;

    Http(int port) {
        base = URI.create("http://127.0.0.1:" + port);
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer post(String path, String body, String... headers) {
        return send(request(path, headers).POST(BodyPublishers.ofString(body)));
    }

    /** Asks for a checkout under a key. */
    public Answer checkout(String key, String body, String... headers) {
        var request =
                request(CHECKOUTS, headers).header("Idempotency-Key", key).header("Content-Type", "application/json");
        return send(request.POST(BodyPublishers.ofString(body)));
    }

    /** Asks for a return of a checkout under a key. */
    public Answer goodsReturn(SagaId checkout, String key, String body, String... headers) {
        return post(
                CHECKOUTS + "/" + checkout + "/returns",
                body,
                Stream.concat(Stream.of("Idempotency-Key", key, "Content-Type", "application/json"), Stream.of(headers))
                        .toArray(String[]::new));
    }

    /** A new checkout. */
    public SagaId checkout() {
        return checkout(UUID.randomUUID().toString(), CHECKOUT).id();
    }

    /** An answer that does not end. */
    public InputStream stream(String path) {
        try {
            return CLIENT.send(request(path).GET().build(), BodyHandlers.ofInputStream())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(path, e);
        }
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString(UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(request.build().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(request.build().toString(), e);
        }
    }

    public HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        return headers.length == 0 ? request : request.headers(headers);
    }
}
