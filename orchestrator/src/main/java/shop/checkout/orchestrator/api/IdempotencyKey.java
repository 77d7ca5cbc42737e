package shop.checkout.orchestrator.api;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import shop.checkout.web.InvalidField;
import shop.checkout.web.ProblemException;

/**
 * The client's name for one request, by which a repetition is known: the header {@code Idempotency-Key} of the IETF draft
 * (draft-ietf-httpapi-idempotency-key-header), with or without the quotes that it asks for.
 */
record IdempotencyKey(String value) {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[!#-\\[\\]-~]{1,128}"); // visible ASCII but " and \

    /** @throws ProblemException 400 when there is not exactly one well-formed key */
    static IdempotencyKey parse(List<String> headers) {
        if (headers.isEmpty()) {
            throw problem(
                    "idempotency-key-missing",
                    "is required: send a new random one, such as a UUID, with each checkout and the same one with each retry");
        }
        var text = headers.getFirst().strip();
        var bare = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
        if (headers.size() > 1 || !FORM.matcher(bare).matches()) {
            throw problem(
                    "idempotency-key-invalid",
                    "must be there once, with 1 to 128 visible ASCII characters other than quotes and backslashes");
        }
        return new IdempotencyKey(bare);
    }

    private static ProblemException problem(String code, String detail) {
        return ProblemException.of(HttpStatus.BAD_REQUEST, code, "The header " + HEADER + " " + detail + ".")
                .withErrors(List.of(new InvalidField(HEADER, detail)));
    }
}
