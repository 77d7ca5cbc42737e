package shop.checkout.sandbox.psp;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.http.Form;
import shop.checkout.sandbox.http.Rejected;
import shop.checkout.sandbox.http.Request;

/** Reads parameters as strictly as Stripe does; every method throws {@link Rejected} with Stripe's words. */
record Parameters(Form form) {

    // Stripe's limits
    private static final long MAX_AMOUNT = 99_999_999;
    private static final int MAX_METADATA = 50;
    private static final int MAX_METADATA_KEY = 40;
    private static final int MAX_METADATA_VALUE = 500;
    private static final int MAX_LIMIT = 100;
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_IDEMPOTENCY_KEY = 255;

    /** Of the body, if only these parameters occur; {@code name[…]} counts as name. */
    static Parameters ofBody(Request request, Set<String> known) {
        if (request.key().filter(key -> key.length() > MAX_IDEMPOTENCY_KEY).isPresent()) {
            throw PspError.invalid(400, null, null, "Idempotency keys are at most 255 characters long.")
                    .rejected();
        }
        return new Parameters(Form.parse(new String(request.body(), StandardCharsets.UTF_8))).knowing(known);
    }

    /** Of the URL, if only these parameters occur. */
    static Parameters ofQuery(Request request, Set<String> known) {
        return new Parameters(request.query()).knowing(known);
    }

    private Parameters knowing(Set<String> known) {
        for (var name : form.values().keySet()) {
            var bracket = name.indexOf('[');
            if (!known.contains(bracket < 0 ? name : name.substring(0, bracket))) {
                throw PspError.unknownParameter(name).rejected();
            }
        }
        return this;
    }

    Optional<String> text(String name) {
        return form.get(name).filter(value -> !value.isEmpty());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> PspError.missing(name).rejected());
    }

    /** A positive amount in minor units. */
    Optional<Long> amount(String name) {
        return text(name).map(text -> {
            if (!text.matches("\\d{1,18}") || Long.parseLong(text) == 0) {
                throw invalid("parameter_invalid_integer", name, "Invalid positive integer: " + text);
            }
            if (Long.parseLong(text) > MAX_AMOUNT) {
                throw invalid("amount_too_large", name, "Amount must be no more than " + MAX_AMOUNT);
            }
            return Long.parseLong(text);
        });
    }

    /** How many entries of a list to show. */
    int limit() {
        return text("limit")
                .map(text -> {
                    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_LIMIT) {
                        throw invalid("parameter_invalid_integer", "limit", "limit must be between 1 and 100");
                    }
                    return Integer.parseInt(text);
                })
                .orElse(DEFAULT_LIMIT);
    }

    Map<String, String> metadata() {
        var metadata = form.nested("metadata");
        if (metadata.size() > MAX_METADATA) {
            throw invalid(null, "metadata", "metadata has at most 50 keys");
        }
        metadata.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > MAX_METADATA_KEY || value.length() > MAX_METADATA_VALUE) {
                throw invalid(
                        null, "metadata[" + key + "]", "metadata keys have 1 to 40 characters, values at most 500");
            }
        });
        return metadata;
    }

    static Rejected invalid(@Nullable String code, String param, String message) {
        return PspError.invalid(400, code, param, message).rejected();
    }
}
