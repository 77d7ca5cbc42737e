package shop.checkout.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a client asks for, read completely.
 *
 * @param path the segments below the endpoint's own path: {@code /v1/refunds/re_1} is {@code [re_1]} for the endpoint
 *     {@code /v1/refunds}
 * @param query the parameters of the URL
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Request(String method, String url, List<String> path, Form query, byte[] body, Optional<String> key) {

    private static final int MAX_BODY = 64 * 1024;
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Thrown when the body is larger than any honest request. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        static final String TEXT = "the body is larger than " + MAX_BODY + " bytes";

        TooLarge() {
            super(TEXT);
        }
    }

    /** Reads a request as it came; throws {@link IllegalArgumentException} if the URL is not properly escaped. */
    static Request of(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new TooLarge();
        }
        var uri = exchange.getRequestURI();
        var root = exchange.getHttpContext().getPath();
        return new Request(
                exchange.getRequestMethod(),
                uri.getPath(),
                segments(uri.getPath().substring(root.length())),
                Form.parse(Optional.ofNullable(uri.getRawQuery()).orElse("")),
                body,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst(IDEMPOTENCY_KEY)));
    }

    /** Method and shape of the path below the endpoint, to switch on: {@code "GET /*"}, {@code "POST /*}{@code /cancel"}. */
    public String shape() {
        return switch (path.size()) {
            case 0 -> method;
            case 1 -> method + " /*";
            default -> method + " /*/" + String.join("/", path.subList(1, path.size()));
        };
    }

    private static List<String> segments(String below) {
        return below.isEmpty() || below.equals("/")
                ? List.of()
                : List.of(below.substring(1).split("/", -1));
    }
}
