package shop.checkout.sandbox.carrier;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.call.Words;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.fact.Provider;
import shop.checkout.sandbox.http.Answer;

/** Facts about shipments and pick-ups as the carrier's answers. */
public final class CarrierWords implements Words {

    private record Problem(String code, String detail) {}

    private final String host;

    /** Says where labels are: {@code http://127.0.0.1:8084}. */
    public CarrierWords(String host) {
        this.host = host;
    }

    static Answer problem(int status, String code, String detail) {
        return Answer.json(status, CarrierJson.write(new Problem(code, detail)));
    }

    static Fact.Refusal refusal(int status, String code, String detail, @Nullable Claim claim) {
        var body = new String(CarrierJson.write(new Problem(code, detail)), StandardCharsets.UTF_8);
        return new Fact.Refusal(Provider.CARRIER, status, body, claim);
    }

    @Override
    public Answer tell(Fact fact) {
        return switch (fact) {
            case Fact.Shipment shipment ->
                shipment.answeredWithError()
                        ? failure(500)
                        : Answer.json(201, CarrierJson.write(ShipmentJson.created(shipment, host)));
            case Fact.PickUp pickUp ->
                pickUp.answeredWithError()
                        ? failure(500)
                        : Answer.json(201, CarrierJson.write(PickUpJson.scheduled(pickUp)));
            case Fact.Refusal refusal ->
                Answer.json(refusal.status(), refusal.body().getBytes(StandardCharsets.UTF_8));
            case Fact.Cancellation _, Fact.PickUpCancellation _, Fact.PaymentIntent _, Fact.Refund _ ->
                throw new IllegalArgumentException("no idempotency key of the carrier is for this: " + fact);
        };
    }

    @Override
    public Answer keyInUse(String key) {
        return problem(409, "idempotency_key_in_use", "a request with the key " + key + " is still running");
    }

    @Override
    public Answer keyOfAnotherCall(String key) {
        return problem(400, "idempotency_key_reused", "the key " + key + " was first used for another request");
    }

    @Override
    public Answer failure(int status) {
        return status == 429
                ? problem(429, "rate_limited", "asked for by the postal code")
                : problem(status, "internal_error", "asked for by the postal code");
    }

    @Override
    public Fact.Refusal storedFailure(@Nullable Claim claim) {
        return refusal(500, "internal_error", "asked for by the postal code", claim);
    }
}
