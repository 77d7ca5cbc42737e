package shop.checkout.sandbox;

import shop.checkout.sandbox.http.Answer;
import shop.checkout.sandbox.http.Endpoint;
import shop.checkout.sandbox.http.Request;

/** Tells those who got lost what there is. */
final class NothingHere implements Endpoint {

    static final String PATH = "/";

    private static final String CONTENTS = """
            Sandbox: a payment provider and a carrier to develop against.
              /v1/payment_intents, /v1/refunds    Stripe's API, in part
              /carrier/v1/shipments, …/pickups    the carrier
              /sandbox/v1/effects, …/totals       what happened to each order, and to all
              /health
            """;

    @Override
    public Answer handle(Request request) {
        return problem(request.url().equals("/") ? 200 : 404, CONTENTS);
    }

    @Override
    public Answer problem(int status, String detail) {
        return Answer.of(status, new Answer.Text(detail));
    }
}
