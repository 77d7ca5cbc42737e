package shop.checkout.sandbox.psp;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Decline;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.fact.Provider;
import shop.checkout.sandbox.http.Answer;
import shop.checkout.sandbox.http.Rejected;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What Stripe answers when it does not do what it was asked for.
 *
 * @param param the parameter that is to blame
 * @see <a href="https://docs.stripe.com/api/errors">Stripe: errors</a>
 */
@JsonNaming(SnakeCaseStrategy.class)
record PspError(int status, Body error) {

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
            String type,
            @Nullable String code,
            @Nullable String declineCode,
            String message,
            @Nullable String param,
            @Nullable String charge,
            @Nullable PaymentIntentJson paymentIntent) {}

    /** The document on the wire, which does not repeat the status. */
    private record Document(Body error) {}

    static PspError invalid(int status, @Nullable String code, @Nullable String param, String message) {
        return new PspError(status, new Body("invalid_request_error", code, null, message, param, null, null));
    }

    static PspError missing(String param) {
        return invalid(400, "parameter_missing", param, "Missing required param: " + param + ".");
    }

    static PspError unknownParameter(String param) {
        return invalid(400, "parameter_unknown", param, "Received unknown parameter: " + param);
    }

    static PspError noSuch(int status, String kind, String param, String id) {
        return invalid(status, "resource_missing", param, "No such " + kind + ": '" + id + "'");
    }

    static PspError failure(int status) {
        return status == 429
                ? invalid(429, "rate_limit", null, "Request rate limit exceeded; asked for by the test token.")
                : new PspError(status, body("api_error", "Something went wrong; asked for by the test token."));
    }

    static PspError declined(PaymentIntentJson intent, Decline decline) {
        return new PspError(
                402,
                new Body(
                        "card_error",
                        decline.code(),
                        decline.declineCode(),
                        decline.message(),
                        null,
                        intent.latestCharge(),
                        intent));
    }

    static PspError keyInUse(String key) {
        return new PspError(
                409,
                new Body(
                        "idempotency_error",
                        "idempotency_key_in_use",
                        null,
                        "There is currently another in-progress request using this Idempotency Key: " + key,
                        null,
                        null,
                        null));
    }

    static PspError keyOfAnotherCall(String key) {
        return new PspError(
                400,
                body(
                        "idempotency_error",
                        "Keys for idempotent requests can only be used with the same parameters they were first used"
                                + " with. Try using a key other than '" + key + "'."));
    }

    /** For what has nothing to do with payments: wrong URLs, unreadable bodies, our own faults. */
    static PspError problem(int status, String message) {
        return new PspError(status, body(status < 500 ? "invalid_request_error" : "api_error", message));
    }

    Answer answer() {
        return Answer.json(status, json());
    }

    Rejected rejected() {
        return new Rejected(answer());
    }

    /** The answer as a fact, so that it can be stored for a key. */
    Fact.Refusal refusal(@Nullable Claim claim) {
        return new Fact.Refusal(Provider.PSP, status, new String(json(), StandardCharsets.UTF_8), claim);
    }

    private byte[] json() {
        return PspJson.write(new Document(error));
    }

    private static Body body(String type, String message) {
        return new Body(type, null, null, message, null, null, null);
    }
}
