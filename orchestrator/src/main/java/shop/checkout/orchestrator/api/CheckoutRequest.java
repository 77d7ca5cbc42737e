package shop.checkout.orchestrator.api;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import shop.checkout.contract.Address;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.web.JsonInput;
import shop.checkout.web.JsonText;
import shop.checkout.web.ProblemException;

/** What a customer asks for: well-formed, but perhaps not to be had. */
record CheckoutRequest(String customerId, List<Line> lines, Payment payment, Address shippingAddress) {

    static final int MAX_LINES = 100;

    private static final JsonText CUSTOMER_ID =
            JsonText.matching("[A-Za-z0-9][A-Za-z0-9._@:-]{0,63}", 64, "1 to 64 letters, digits or . _ @ : -");
    private static final JsonText SKU =
            JsonText.matching("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", 64, "1 to 64 letters, digits or . _ -");
    private static final JsonText METHOD =
            JsonText.matching("[A-Za-z0-9][A-Za-z0-9._-]{0,127}", 128, "a token of the payment provider");
    private static final JsonText POSTAL_CODE =
            JsonText.matching("[A-Za-z0-9][A-Za-z0-9 -]{0,15}", 16, "1 to 16 letters, digits, spaces or -");
    private static final JsonText COUNTRY =
            JsonText.matching("[A-Z]{2}", 2, "a country code of two letters (ISO 3166-1 alpha-2)");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    record Line(String sku, int quantity) {}

    record Payment(String method) {}

    /** @throws ProblemException 400 when the payment method looks like a card number */
    static CheckoutRequest read(JsonInput json) {
        return new CheckoutRequest(
                json.text("customerId", CUSTOMER_ID),
                lines(json),
                json.object("payment", CheckoutRequest::payment),
                json.object("shippingAddress", CheckoutRequest::address));
    }

    /** The request as the saga of this id will know it. */
    Checkout toCheckout(OrderId id) {
        var ordered = lines.stream()
                .map(line -> new OrderLine(new Sku(line.sku), line.quantity))
                .toList();
        return Checkout.of(id, customerId, ordered, payment.method, shippingAddress);
    }

    /** A product may be there once: whether a second line means "more" or is a mistake is for the shop to know. */
    private static List<Line> lines(JsonInput json) {
        var lines = json.objects("lines", 1, MAX_LINES, CheckoutRequest::line);
        var first = new HashMap<String, Integer>();
        for (int i = 0; i < lines.size(); i++) {
            var earlier = first.putIfAbsent(lines.get(i).sku, i);
            if (earlier != null && !lines.get(i).sku.isEmpty()) {
                json.refuse("/lines/" + i + "/sku", "is in /lines/" + earlier + " already; order the sum there");
            }
        }
        return lines;
    }

    private static Line line(JsonInput json) {
        return new Line(json.text("sku", SKU), json.integer("quantity", 1, OrderLine.MAX_QUANTITY));
    }

    private static Payment payment(JsonInput json) {
        if (json.resembles("method", CardNumbers::isIn)) {
            throw CardNumbers.refusal("/payment/method", METHOD.expectation());
        }
        return new Payment(json.text("method", METHOD));
    }

    private static Address address(JsonInput json) {
        var country = json.text("country", COUNTRY);
        if (!country.isEmpty() && !COUNTRIES.contains(country)) {
            json.refuse("/country", COUNTRY.expectation());
        }
        return new Address(
                json.text("name", JsonText.upTo(100)),
                json.text("street", JsonText.upTo(200)),
                json.text("city", JsonText.upTo(100)),
                json.text("postalCode", POSTAL_CODE),
                country);
    }
}
