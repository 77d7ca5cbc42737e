package shop.checkout.sandbox.carrier;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.call.Call;
import shop.checkout.sandbox.call.Calls;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.http.Answer;
import shop.checkout.sandbox.http.Endpoint;
import shop.checkout.sandbox.http.Rejected;
import shop.checkout.sandbox.http.Request;

/**
 * {@code /carrier/v1/pickups}: parcels that are fetched from customers.
 *
 * <ul>
 *   <li>{@code POST /} {@code {"reference", "sender": {"name", "street", "city", "postalCode", "country"}, "items": [{"sku",
 *       "quantity"}]}}, the last if wanted, with an Idempotency-Key: 201 {@code {"id", "reference", "number", "status":
 *       "scheduled", "createdAt"}}; what postal codes do is told by {@link Destination}
 *   <li>{@code GET /ID}: the same, with its status now
 *   <li>{@code GET /?reference=…}: {@code {"pickUps": […]}}, oldest first, empty if there is none
 *   <li>{@code POST /ID/cancel}: 200, the same with status cancelled, however often it is called
 * </ul>
 *
 * <p>Errors are those of {@link ShipmentsApi}, and 422 no_pick_up.
 */
public final class PickUpsApi implements Endpoint {

    public static final String PATH = "/carrier/v1/pickups";

    private static final int LONGEST_KEY = 255;

    private record Found(List<PickUpJson> pickUps) {}

    private final Calls calls;
    private final PickUps pickUps;

    public PickUpsApi(Calls calls, PickUps pickUps) {
        this.calls = calls;
        this.pickUps = pickUps;
    }

    @Override
    public Answer handle(Request request) {
        return switch (request.shape()) {
            case "POST" -> schedule(request);
            case "GET" -> find(request);
            case "GET /*" -> show(request);
            case "POST /*/cancel" -> cancel(request);
            default ->
                CarrierWords.problem(404, "not_found", "no such resource: " + request.method() + " " + request.url());
        };
    }

    @Override
    public Answer problem(int status, String detail) {
        return CarrierWords.problem(status, status < 500 ? "invalid_request" : "internal_error", detail);
    }

    private Answer schedule(Request request) {
        if (request.key().filter(key -> key.length() > LONGEST_KEY).isPresent()) {
            return problem(400, "an Idempotency-Key has at most " + LONGEST_KEY + " characters");
        }
        var wanted = CarrierJson.read(PickUpRequest.class, request.body());
        var claim = Call.claim(request, new String(CarrierJson.write(wanted), StandardCharsets.UTF_8));
        var place = Destination.ofPickUp(wanted.sender().postalCode());
        return calls.run(new Call(
                claim,
                wanted.reference(),
                place.fault(),
                (key, error) ->
                        place.served() ? pickUps.schedule(wanted.reference(), key, error) : refused(wanted, key)));
    }

    private static Fact refused(PickUpRequest wanted, @Nullable Claim claim) {
        return CarrierWords.refusal(
                422,
                "no_pick_up",
                "no pick-ups at postal code " + wanted.sender().postalCode(),
                claim);
    }

    private Answer find(Request request) {
        var reference = request.query()
                .get("reference")
                .orElseThrow(() -> new Rejected(problem(400, "say which: GET " + PATH + "?reference=…")));
        var found = pickUps.of(reference).stream().map(PickUpJson::now).toList();
        return Answer.json(200, CarrierJson.write(new Found(found)));
    }

    private Answer show(Request request) {
        var standing = pickUps.pickUp(request.path().getFirst()).orElseThrow(() -> unknown(request));
        return Answer.json(200, CarrierJson.write(PickUpJson.now(standing)));
    }

    private Answer cancel(Request request) {
        var standing = pickUps.cancel(request.path().getFirst()).orElseThrow(() -> unknown(request));
        return Answer.json(200, CarrierJson.write(PickUpJson.now(standing)));
    }

    private static Rejected unknown(Request request) {
        return new Rejected(CarrierWords.problem(
                404, "not_found", "no such pick-up: " + request.path().getFirst()));
    }
}
