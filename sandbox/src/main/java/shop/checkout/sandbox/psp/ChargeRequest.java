package shop.checkout.sandbox.psp;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import shop.checkout.sandbox.http.Request;

/** What is asked of the provider by {@code POST /v1/payment_intents}; amount in minor units. */
record ChargeRequest(
        long amount,
        String currency,
        String paymentMethod,
        Optional<String> description,
        Map<String, String> metadata,
        String fingerprint) {

    private static final Set<String> KNOWN = Set.of(
            "amount",
            "currency",
            "payment_method",
            "confirm",
            "metadata",
            "description",
            "off_session",
            "payment_method_types",
            "automatic_payment_methods",
            "capture_method",
            "confirmation_method",
            "error_on_requires_action",
            "receipt_email",
            "statement_descriptor",
            "statement_descriptor_suffix");

    /** Throws {@link shop.checkout.sandbox.http.Rejected} if it is not a payment confirmed and captured at once. */
    static ChargeRequest of(Request request) {
        var parameters = Parameters.ofBody(request, KNOWN);
        var amount = parameters
                .amount("amount")
                .orElseThrow(() -> PspError.missing("amount").rejected());
        var currency = parameters.required("currency").toLowerCase(Locale.ROOT);
        if (!currency.matches("[a-z]{3}")) {
            throw Parameters.invalid(null, "currency", "Invalid currency: " + currency);
        }
        only(parameters, "confirm", "true", parameters.text("confirm").orElse("false"));
        only(parameters, "capture_method", "automatic", "automatic");
        return new ChargeRequest(
                amount,
                currency,
                parameters.required("payment_method"),
                parameters.text("description"),
                parameters.metadata(),
                parameters.form().values().toString());
    }

    private static void only(Parameters parameters, String name, String supported, String otherwise) {
        var value = parameters.text(name).orElse(otherwise);
        if (!value.equals(supported) && !value.startsWith(supported + "_")) {
            throw Parameters.invalid(
                    null, name, "This sandbox confirms and captures at once: send " + name + "=" + supported + ".");
        }
    }
}
