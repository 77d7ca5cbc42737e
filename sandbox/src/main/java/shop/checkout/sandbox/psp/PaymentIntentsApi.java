package shop.checkout.sandbox.psp;

import java.util.Set;
import shop.checkout.sandbox.call.Call;
import shop.checkout.sandbox.call.Calls;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.http.Answer;
import shop.checkout.sandbox.http.Endpoint;
import shop.checkout.sandbox.http.Request;

/**
 * {@code /v1/payment_intents}, as much of it as stripe-java needs to charge a card and to look payments up.
 *
 * <ul>
 *   <li>{@code POST /} with amount, currency, payment_method, confirm=true, metadata[order_id]: charges at once; what
 *       the tokens do is told by {@link TestMethod}
 *   <li>{@code GET /ID}
 *   <li>{@code GET /search?query=metadata['order_id']:'…'}
 *   <li>{@code GET /}: newest first, with limit and starting_after
 * </ul>
 */
public final class PaymentIntentsApi implements Endpoint {

    public static final String PATH = "/v1/payment_intents";

    private final Calls calls;
    private final Payments payments;

    public PaymentIntentsApi(Calls calls, Payments payments) {
        this.calls = calls;
        this.payments = payments;
    }

    @Override
    public Answer handle(Request request) {
        return switch (request.shape()) {
            case "POST" -> charge(request);
            case "GET" -> list(request);
            case "GET /*" -> request.path().getFirst().equals("search") ? search(request) : show(request);
            default -> problem(404, "Unrecognized request URL (" + request.method() + ": " + request.url() + ").");
        };
    }

    @Override
    public Answer problem(int status, String detail) {
        return PspError.problem(status, detail).answer();
    }

    private Answer charge(Request request) {
        var charge = ChargeRequest.of(request);
        var token = charge.paymentMethod();
        var claim = Call.claim(request, charge.fingerprint());
        var about = charge.metadata().getOrDefault(Fact.PaymentIntent.ORDER_ID, "");
        var method = TestMethod.of(token)
                .orElseThrow(() -> PspError.noSuch(400, "PaymentMethod", "payment_method", token)
                        .rejected());
        return calls.run(
                new Call(claim, about, method.onCharge(), (key, error) -> payments.charge(charge, method, key, error)));
    }

    private Answer show(Request request) {
        var id = request.path().getFirst();
        Parameters.ofQuery(request, Set.of("client_secret"));
        var intent = payments.intent(id)
                .orElseThrow(() ->
                        PspError.noSuch(404, "payment_intent", "intent", id).rejected());
        return Answer.json(200, PspJson.write(PaymentIntentJson.of(intent)));
    }

    private Answer search(Request request) {
        var parameters = Parameters.ofQuery(request, Set.of("query", "limit"));
        var query = SearchQuery.parse(parameters.required("query"));
        var found = payments.found(query, parameters.limit()).map(PaymentIntentJson::of);
        return Answer.json(200, PspJson.write(Listing.found(PATH + "/search", found)));
    }

    private Answer list(Request request) {
        var parameters = Parameters.ofQuery(request, Set.of("limit", "starting_after"));
        var newest = payments.newestIntents(parameters.text("starting_after"), parameters.limit());
        return Answer.json(200, PspJson.write(Listing.list(PATH, newest.map(PaymentIntentJson::of))));
    }
}
