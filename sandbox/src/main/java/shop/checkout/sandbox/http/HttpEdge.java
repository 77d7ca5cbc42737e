package shop.checkout.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Between the JDK's HTTP server and an endpoint: reads the request, and lets the answer out only once everything the
 * endpoint has done or seen is on the disk.
 */
public final class HttpEdge implements HttpHandler {

    /** Holds an answer back until what it tells of is durable. */
    @FunctionalInterface
    public interface Durability {
        void await() throws IOException;
    }

    private static final System.Logger LOG = System.getLogger(HttpEdge.class.getName());

    private final Endpoint endpoint;
    private final Durability durability;

    public HttpEdge(Endpoint endpoint, Durability durability) {
        this.endpoint = endpoint;
        this.durability = durability;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = durable(answer(exchange));
            if (answer.lateness().isPresent()) {
                pause(answer.delay());
            }
            send(exchange, answer);
        }
    }

    /** Throws IOException if the client is gone. */
    private Answer answer(HttpExchange exchange) throws IOException {
        try {
            return endpoint.handle(Request.of(exchange));
        } catch (Rejected e) {
            return e.answer();
        } catch (Request.TooLarge e) {
            return endpoint.problem(413, Request.TooLarge.TEXT);
        } catch (IllegalArgumentException e) {
            return endpoint.problem(400, "the request is malformed: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, exchange.getRequestMethod() + " " + exchange.getRequestURI() + " failed", e);
            return endpoint.problem(500, "the sandbox failed; its log says why");
        }
    }

    private Answer durable(Answer answer) {
        try {
            durability.await();
            return answer;
        } catch (IOException e) {
            LOG.log(Level.ERROR, "an answer is withheld because it could not be made durable", e);
            return endpoint.problem(
                    500, "the sandbox cannot write to its data folder: restart it on a disk that works");
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.replayed()) {
            exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
        }
        switch (answer.body()) {
            case Answer.Json(var bytes) -> sendBytes(exchange, answer.status(), "application/json", bytes);
            case Answer.Text(var text) ->
                sendBytes(
                        exchange, answer.status(), "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
            case Answer.JsonLines lines -> sendLines(exchange, answer.status(), lines);
        }
    }

    private static void sendBytes(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void sendLines(HttpExchange exchange, int status, Answer.JsonLines lines) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(status, 0);
        try (var out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
            for (var value : lines.values()) {
                out.write(lines.writer().writeValueAsBytes(value));
                out.write('\n');
            }
        }
    }

    private static void pause(Duration delay) throws IOException {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while holding an answer back", e);
        }
    }
}
