package shop.checkout.sandbox.psp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.fact.Decline;
import shop.checkout.sandbox.fact.Fact;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A payment intent as Stripe shows it; what this provider never does (manual capture, next actions) is left out.
 *
 * @see <a href="https://docs.stripe.com/api/payment_intents/object">Stripe: the PaymentIntent object</a>
 */
@JsonNaming(SnakeCaseStrategy.class)
record PaymentIntentJson(
        String id,
        String object,
        long amount,
        long amountCapturable,
        long amountReceived,
        String captureMethod,
        String confirmationMethod,
        long created,
        String currency,
        @Nullable String description,
        @Nullable LastError lastPaymentError,
        String latestCharge,
        boolean livemode,
        Map<String, String> metadata,
        @Nullable String paymentMethod,
        List<String> paymentMethodTypes,
        String status) {

    /** Why the last try failed. */
    @JsonNaming(SnakeCaseStrategy.class)
    record LastError(String type, String code, String declineCode, String message, String charge) {}

    private static final List<String> CARD = List.of("card");

    static PaymentIntentJson of(Fact.PaymentIntent intent) {
        var charge = chargeOf(intent.id());
        return new PaymentIntentJson(
                intent.id(),
                "payment_intent",
                intent.amount(),
                0,
                intent.captured() ? intent.amount() : 0,
                "automatic",
                "automatic",
                intent.created().getEpochSecond(),
                intent.currency(),
                intent.description(),
                Optional.ofNullable(intent.decline())
                        .map(decline -> lastError(decline, charge))
                        .orElse(null),
                charge,
                false,
                intent.metadata(),
                intent.captured() ? intent.paymentMethod() : null,
                CARD,
                intent.captured() ? "succeeded" : "requires_payment_method");
    }

    /** Every payment intent here is tried once, so its charge's id follows from its own. */
    static String chargeOf(String paymentIntent) {
        return "ch_" + paymentIntent.substring(paymentIntent.indexOf('_') + 1);
    }

    private static LastError lastError(Decline decline, String charge) {
        return new LastError("card_error", decline.code(), decline.declineCode(), decline.message(), charge);
    }
}
