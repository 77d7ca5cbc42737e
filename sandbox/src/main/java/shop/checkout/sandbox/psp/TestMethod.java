package shop.checkout.sandbox.psp;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.call.Fault;
import shop.checkout.sandbox.fact.Decline;

/**
 * What a payment method token makes happen: Stripe's test tokens, and this sandbox's own for faults.
 *
 * <p>{@code pm_sandbox_<fault>} is a card that works, charged with a fault; {@code pm_sandbox_refund_<fault>} is charged
 * without one, and its refunds have it. Faults are those of {@link Fault#named}.
 *
 * @param onCharge how charging it fails
 * @param onRefund how refunding it fails
 * @param disputed whether the customer's bank takes the money back, so that it cannot be refunded
 * @see <a href="https://docs.stripe.com/testing">Stripe: test cards</a>
 */
record TestMethod(@Nullable Decline decline, Fault onCharge, Fault onRefund, boolean disputed) {

    private static final String SANDBOX = "pm_sandbox_";
    private static final String SANDBOX_REFUND = "pm_sandbox_refund_";
    private static final TestMethod WORKS = new TestMethod(null, Fault.NONE, Fault.NONE, false);

    private static final Map<String, TestMethod> STRIPES = Map.ofEntries(
            Map.entry("pm_card_visa", WORKS),
            Map.entry("pm_card_visa_debit", WORKS),
            Map.entry("pm_card_mastercard", WORKS),
            Map.entry("pm_card_mastercard_debit", WORKS),
            Map.entry("pm_card_mastercard_prepaid", WORKS),
            Map.entry("pm_card_amex", WORKS),
            Map.entry("pm_card_discover", WORKS),
            Map.entry("pm_card_diners", WORKS),
            Map.entry("pm_card_jcb", WORKS),
            Map.entry("pm_card_unionpay", WORKS),
            Map.entry("pm_card_createDispute", new TestMethod(null, Fault.NONE, Fault.NONE, true)),
            Map.entry("pm_card_chargeDeclined", declined("generic_decline")),
            Map.entry("pm_card_visa_chargeDeclined", declined("generic_decline")),
            Map.entry("pm_card_chargeDeclinedInsufficientFunds", insufficientFunds()),
            Map.entry("pm_card_visa_chargeDeclinedInsufficientFunds", insufficientFunds()),
            Map.entry("pm_card_chargeDeclinedLostCard", declined("lost_card")),
            Map.entry("pm_card_visa_chargeDeclinedLostCard", declined("lost_card")),
            Map.entry("pm_card_chargeDeclinedStolenCard", declined("stolen_card")),
            Map.entry("pm_card_visa_chargeDeclinedStolenCard", declined("stolen_card")),
            Map.entry("pm_card_chargeDeclinedFraudulent", declined("fraudulent")),
            Map.entry("pm_card_chargeDeclinedExpiredCard", refused("expired_card", "Your card has expired.")),
            Map.entry(
                    "pm_card_chargeDeclinedIncorrectCvc",
                    refused("incorrect_cvc", "Your card's security code is incorrect.")),
            Map.entry(
                    "pm_card_chargeDeclinedProcessingError",
                    refused(
                            "processing_error",
                            "An error occurred while processing your card. Try again in a little bit.")));

    /** What is behind a token; none if there is no such token. */
    static Optional<TestMethod> of(String token) {
        var stripes = STRIPES.get(token);
        if (stripes != null) {
            return Optional.of(stripes);
        }
        if (token.startsWith(SANDBOX_REFUND)) {
            return Fault.named(token.substring(SANDBOX_REFUND.length()))
                    .map(fault -> new TestMethod(null, Fault.NONE, fault, false));
        }
        return token.startsWith(SANDBOX)
                ? Fault.named(token.substring(SANDBOX.length()))
                        .map(fault -> new TestMethod(null, fault, Fault.NONE, false))
                : Optional.empty();
    }

    private static TestMethod declined(String declineCode) {
        return declined(declineCode, "Your card was declined.");
    }

    private static TestMethod insufficientFunds() {
        return declined("insufficient_funds", "Your card has insufficient funds.");
    }

    private static TestMethod declined(String declineCode, String message) {
        return new TestMethod(new Decline("card_declined", declineCode, message), Fault.NONE, Fault.NONE, false);
    }

    private static TestMethod refused(String code, String message) {
        return new TestMethod(new Decline(code, code, message), Fault.NONE, Fault.NONE, false);
    }
}
