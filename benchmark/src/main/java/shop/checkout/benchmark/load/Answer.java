package shop.checkout.benchmark.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer over HTTP/1.1 (RFC 9112), as much of it as a load needs.
 *
 * @param body each byte as a character of its own
 * @param closes the server takes no more requests on this connection
 */
public record Answer(int status, String body, boolean closes) {
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int STATUS = "HTTP/1.1 ".length();

    /**
     * What has been received, if it is all.
     *
     * @throws IllegalArgumentException when it is no answer of HTTP/1.1
     */
    static Optional<Answer> of(byte[] received, int length) {
        var text = new String(received, 0, length, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0) {
            return Optional.empty();
        }
        if (!text.startsWith("HTTP/1.1 ")) {
            throw new IllegalArgumentException("not HTTP/1.1: " + text.substring(0, end));
        }
        var head = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
        int status = Integer.parseInt(head.substring(STATUS, STATUS + 3));
        boolean closes = header(head, "connection").filter("close"::equals).isPresent();
        return body(head, text, end + END_OF_HEAD.length()).map(body -> new Answer(status, body, closes));
    }

    private static Optional<String> body(String head, String text, int from) {
        if (header(head, "transfer-encoding").filter("chunked"::equals).isPresent()) {
            return chunks(text, from);
        }
        int length = header(head, "content-length").map(Integer::parseInt).orElse(0);
        return text.length() < from + length ? Optional.empty() : Optional.of(text.substring(from, from + length));
    }

    private static Optional<String> chunks(String text, int from) {
        var body = new StringBuilder();
        for (int at = from; ; ) {
            int line = text.indexOf("\r\n", at);
            if (line < 0) {
                return Optional.empty();
            }
            int length = Integer.parseInt(text, at, line, 16);
            int next = line + 2 + length + 2;
            if (text.length() < next) {
                return Optional.empty();
            }
            if (length == 0) {
                return Optional.of(body.toString());
            }
            body.append(text, line + 2, line + 2 + length);
            at = next;
        }
    }

    private static Optional<String> header(String head, String name) {
        int at = head.indexOf("\r\n" + name + ":");
        if (at < 0) {
            return Optional.empty();
        }
        int from = at + name.length() + 3;
        return Optional.of(head.substring(from, head.indexOf("\r\n", from)).strip());
    }
}
