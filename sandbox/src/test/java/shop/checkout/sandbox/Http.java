package shop.checkout.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A client without any manners of its own: what is sent and answered is what the test says and sees. */
record Http(HttpClient client, String host) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What matters of an answer. */
    record Answered(int status, boolean replayed, String body) {}

    static Http to(Sandbox sandbox) {
        return new Http(HttpClient.newHttpClient(), sandbox.url());
    }

    Answered get(String path) throws IOException, InterruptedException {
        return send(request(path, Optional.empty()).GET());
    }

    Answered post(String path, String body) throws IOException, InterruptedException {
        return send(request(path, Optional.empty()).POST(BodyPublishers.ofString(body)));
    }

    Answered post(String path, String key, String body) throws IOException, InterruptedException {
        return send(request(path, Optional.of(key)).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, Optional<String> key) {
        var request = HttpRequest.newBuilder(URI.create(host + path)).timeout(PATIENCE);
        key.ifPresent(value -> request.header("Idempotency-Key", value));
        return request;
    }

    private Answered send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        var replayed = response.headers().firstValue("Idempotent-Replayed").isPresent();
        return new Answered(response.statusCode(), replayed, response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
