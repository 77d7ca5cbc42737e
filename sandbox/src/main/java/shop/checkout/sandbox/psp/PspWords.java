package shop.checkout.sandbox.psp;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.call.Words;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.http.Answer;

/** Facts about payments as Stripe's answers. */
public final class PspWords implements Words {

    @Override
    public Answer tell(Fact fact) {
        return switch (fact) {
            case Fact.PaymentIntent intent -> tellPayment(intent);
            case Fact.Refund refund ->
                refund.answeredWithError() ? failure(500) : Answer.json(200, PspJson.write(RefundJson.of(refund)));
            case Fact.Refusal refusal ->
                Answer.json(refusal.status(), refusal.body().getBytes(StandardCharsets.UTF_8));
            case Fact.Shipment _, Fact.Cancellation _, Fact.PickUp _, Fact.PickUpCancellation _ ->
                throw new IllegalArgumentException("the payment provider knows no parcels: " + fact);
        };
    }

    private Answer tellPayment(Fact.PaymentIntent intent) {
        if (intent.answeredWithError()) {
            return failure(500);
        }
        var json = PaymentIntentJson.of(intent);
        var decline = intent.decline();
        return decline == null
                ? Answer.json(200, PspJson.write(json))
                : PspError.declined(json, decline).answer();
    }

    @Override
    public Answer keyInUse(String key) {
        return PspError.keyInUse(key).answer();
    }

    @Override
    public Answer keyOfAnotherCall(String key) {
        return PspError.keyOfAnotherCall(key).answer();
    }

    @Override
    public Answer failure(int status) {
        return PspError.failure(status).answer();
    }

    @Override
    public Fact.Refusal storedFailure(@Nullable Claim claim) {
        return PspError.failure(500).refusal(claim);
    }
}
