package shop.checkout.sandbox.psp;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.fact.Fact;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A refund as Stripe shows it.
 *
 * @see <a href="https://docs.stripe.com/api/refunds/object">Stripe: the Refund object</a>
 */
@JsonNaming(SnakeCaseStrategy.class)
record RefundJson(
        String id,
        String object,
        long amount,
        String charge,
        long created,
        String currency,
        Map<String, String> metadata,
        String paymentIntent,
        @Nullable String reason,
        String status) {

    static RefundJson of(Fact.Refund refund) {
        return new RefundJson(
                refund.id(),
                "refund",
                refund.amount(),
                PaymentIntentJson.chargeOf(refund.paymentIntent()),
                refund.created().getEpochSecond(),
                refund.currency(),
                refund.metadata(),
                refund.paymentIntent(),
                refund.reason(),
                "succeeded");
    }
}
