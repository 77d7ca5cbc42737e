package shop.checkout.sandbox.psp;

import java.util.Optional;
import java.util.regex.Pattern;
import shop.checkout.sandbox.fact.Fact;

/**
 * A search for the payments of an order: {@code metadata['order_id']:'42'}, and {@code AND status:'succeeded'} if
 * wanted; either kind of quote. Unlike Stripe's, which lags behind by up to a minute, it finds what was made a moment
 * ago.
 */
record SearchQuery(String order, Optional<String> status) {

    private static final Pattern SYNTAX = Pattern.compile("metadata\\[(['\"])" + Fact.PaymentIntent.ORDER_ID
            + "\\1\\]:(['\"])(?<order>[^'\"]*)\\2(?:\\s+AND\\s+status:(['\"])(?<status>[a-z_]+)\\4)?");

    /** Throws {@link shop.checkout.sandbox.http.Rejected} for any other query. */
    static SearchQuery parse(String query) {
        var matcher = SYNTAX.matcher(query.strip());
        if (!matcher.matches()) {
            throw Parameters.invalid(
                    null, "query", "This sandbox searches by metadata['order_id']:'…' (AND status:'…') only.");
        }
        return new SearchQuery(matcher.group("order"), Optional.ofNullable(matcher.group("status")));
    }

    boolean matches(Fact.PaymentIntent intent) {
        return status.isEmpty()
                || status.get().equals(PaymentIntentJson.of(intent).status());
    }
}
