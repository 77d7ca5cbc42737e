package shop.checkout.sandbox.psp;

import java.util.Set;
import shop.checkout.sandbox.call.Call;
import shop.checkout.sandbox.call.Calls;
import shop.checkout.sandbox.call.Fault;
import shop.checkout.sandbox.http.Answer;
import shop.checkout.sandbox.http.Endpoint;
import shop.checkout.sandbox.http.Request;

/**
 * {@code /v1/refunds}, as much of it as stripe-java needs to give money back.
 *
 * <ul>
 *   <li>{@code POST /} with payment_intent and perhaps amount, reason, metadata: refunds at once
 *   <li>{@code GET /ID}
 *   <li>{@code GET /}: newest first, with payment_intent, limit and starting_after
 * </ul>
 */
public final class RefundsApi implements Endpoint {

    public static final String PATH = "/v1/refunds";

    private final Calls calls;
    private final Payments payments;

    public RefundsApi(Calls calls, Payments payments) {
        this.calls = calls;
        this.payments = payments;
    }

    @Override
    public Answer handle(Request request) {
        return switch (request.shape()) {
            case "POST" -> refund(request);
            case "GET" -> list(request);
            case "GET /*" -> show(request);
            default -> problem(404, "Unrecognized request URL (" + request.method() + ": " + request.url() + ").");
        };
    }

    @Override
    public Answer problem(int status, String detail) {
        return PspError.problem(status, detail).answer();
    }

    private Answer refund(Request request) {
        var refund = RefundRequest.of(request);
        var claim = Call.claim(request, refund.fingerprint());
        var fault = payments.intent(refund.paymentIntent())
                .flatMap(intent -> TestMethod.of(intent.paymentMethod()))
                .map(TestMethod::onRefund)
                .orElse(Fault.NONE);
        return calls.run(new Call(
                claim,
                "refund of " + refund.paymentIntent(),
                fault,
                (key, error) -> payments.refund(refund, key, error)));
    }

    private Answer show(Request request) {
        var id = request.path().getFirst();
        Parameters.ofQuery(request, Set.of());
        var refund = payments.refund(id)
                .orElseThrow(() -> PspError.noSuch(404, "refund", "id", id).rejected());
        return Answer.json(200, PspJson.write(RefundJson.of(refund)));
    }

    private Answer list(Request request) {
        var parameters = Parameters.ofQuery(request, Set.of("payment_intent", "limit", "starting_after"));
        var after = parameters.text("starting_after");
        var limit = parameters.limit();
        var refunds = parameters
                .text("payment_intent")
                .map(intent -> payments.refundsOf(intent, after, limit))
                .orElseGet(() -> payments.newestRefunds(after, limit));
        return Answer.json(200, PspJson.write(Listing.list(PATH, refunds.map(RefundJson::of))));
    }
}
