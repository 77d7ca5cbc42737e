package shop.checkout.sandbox.psp;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import shop.checkout.sandbox.http.Request;

/**
 * What is asked of the provider by {@code POST /v1/refunds}.
 *
 * @param amount in minor units; all that has not been refunded yet if absent
 */
record RefundRequest(
        String paymentIntent,
        Optional<Long> amount,
        Optional<String> reason,
        Map<String, String> metadata,
        String fingerprint) {

    private static final Set<String> KNOWN = Set.of("payment_intent", "amount", "reason", "metadata");
    private static final Set<String> REASONS = Set.of("duplicate", "fraudulent", "requested_by_customer");

    /** Throws {@link shop.checkout.sandbox.http.Rejected} if it cannot be understood. */
    static RefundRequest of(Request request) {
        var parameters = Parameters.ofBody(request, KNOWN);
        var reason = parameters.text("reason");
        if (reason.isPresent() && !REASONS.contains(reason.get())) {
            throw Parameters.invalid(null, "reason", "Invalid reason: must be one of " + REASONS);
        }
        return new RefundRequest(
                parameters.required("payment_intent"),
                parameters.amount("amount"),
                reason,
                parameters.metadata(),
                parameters.form().values().toString());
    }
}
