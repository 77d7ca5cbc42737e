package shop.checkout.e2e.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP to the processes of the running system, wherever they are at the moment. */
public final class Http {

    public static final JsonMapper JSON = JsonMapper.shared();

    /** Longer than any answer takes, a held one included. */
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Supplier<HandOff> handOff;

    Http(Supplier<HandOff> handOff) {
        this.handOff = handOff;
    }

    /** An answer, whatever its status. */
    public record Answer(int status, java.net.http.HttpHeaders headers, String text) {
        public JsonNode json() {
            return JSON.readTree(text);
        }
    }

    public URI url(Part part, String path) {
        return handOff.get().url(part).resolve(path);
    }

    public Answer get(Part part, String path) {
        try {
            return send(request(url(part, path)).build());
        } catch (IOException e) {
            throw new AssertionError(part + " should answer GET " + path, e);
        }
    }

    public static HttpRequest.Builder request(URI url) {
        return HttpRequest.newBuilder(url).timeout(LIMIT);
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @throws IOException when there is none
     */
    public static Answer send(HttpRequest request) throws IOException {
        try {
            var answer = CLIENT.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The lines of an answer as they come in, such as those of a stream of events. */
    public Stream<String> lines(Part part, String path) {
        var request =
                request(url(part, path)).header("Accept", "text/event-stream").build();
        try {
            return CLIENT.send(request, BodyHandlers.ofLines()).body();
        } catch (IOException e) {
            throw new AssertionError(part + " should answer GET " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public boolean isReady(Part part) {
        try {
            return send(request(handOff.get().managementUrl(part).resolve("/actuator/health/readiness"))
                                    .build())
                            .status()
                    == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** The value of a counter; 0 while it does not exist. */
    public double metric(Part part, String name) {
        var answer = manage(part, "/actuator/metrics/" + name);
        return answer.status() == 200
                ? answer.json().at("/measurements/0/value").asDouble()
                : 0;
    }

    /** What a process tells its operators. */
    public Answer manage(Part part, String path) {
        try {
            return send(request(handOff.get().managementUrl(part).resolve(path)).build());
        } catch (IOException e) {
            throw new AssertionError(part + " should answer its operators' GET " + path, e);
        }
    }
}
