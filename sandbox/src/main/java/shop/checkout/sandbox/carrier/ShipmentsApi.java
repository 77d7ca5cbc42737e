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
 * {@code /carrier/v1/shipments}.
 *
 * <ul>
 *   <li>{@code POST /} {@code {"reference", "recipient": {"name", "street", "city", "postalCode", "country"}, "items":
 *       [{"sku", "quantity"}], "parcels": [{"weightGrams"}]}}, the last two if wanted, with an Idempotency-Key: 201
 *       {@code {"id", "reference", "trackingNumber", "labelUrl", "status": "created", "createdAt"}}; what postal codes
 *       do is told by {@link Destination}
 *   <li>{@code GET /ID}: the same, with its status now
 *   <li>{@code GET /?reference=…}: {@code {"shipments": […]}}, oldest first, empty if there is none
 *   <li>{@code POST /ID/cancel}: 200, the same with status cancelled, however often it is called
 *   <li>{@code GET /ID/label}: the label, as text
 * </ul>
 *
 * <p>Errors are {@code {"code", "detail"}}: 400 invalid_request, 400 idempotency_key_reused, 404 not_found, 409
 * idempotency_key_in_use, 413 invalid_request, 422 undeliverable, 429 rate_limited, 500 internal_error.
 */
public final class ShipmentsApi implements Endpoint {

    public static final String PATH = "/carrier/v1/shipments";

    private static final int LONGEST_KEY = 255;

    private record Found(List<ShipmentJson> shipments) {}

    private final Calls calls;
    private final Shipments shipments;
    private final String host;

    /** Says where labels are: {@code http://127.0.0.1:8084}. */
    public ShipmentsApi(Calls calls, Shipments shipments, String host) {
        this.host = host;
        this.calls = calls;
        this.shipments = shipments;
    }

    @Override
    public Answer handle(Request request) {
        return switch (request.shape()) {
            case "POST" -> ship(request);
            case "GET" -> find(request);
            case "GET /*" -> show(request);
            case "GET /*/label" -> label(request);
            case "POST /*/cancel" -> cancel(request);
            default ->
                CarrierWords.problem(404, "not_found", "no such resource: " + request.method() + " " + request.url());
        };
    }

    @Override
    public Answer problem(int status, String detail) {
        return CarrierWords.problem(status, status < 500 ? "invalid_request" : "internal_error", detail);
    }

    private Answer ship(Request request) {
        if (request.key().filter(key -> key.length() > LONGEST_KEY).isPresent()) {
            return problem(400, "an Idempotency-Key has at most " + LONGEST_KEY + " characters");
        }
        var wanted = CarrierJson.read(ShipmentRequest.class, request.body());
        var claim = Call.claim(request, new String(CarrierJson.write(wanted), StandardCharsets.UTF_8));
        var destination = Destination.ofShipment(wanted.recipient().postalCode());
        return calls.run(new Call(
                claim,
                wanted.reference(),
                destination.fault(),
                (key, error) -> destination.served()
                        ? shipments.ship(wanted.reference(), key, error)
                        : undeliverable(wanted, key)));
    }

    private static Fact undeliverable(ShipmentRequest wanted, @Nullable Claim claim) {
        return CarrierWords.refusal(
                422,
                "undeliverable",
                "no deliveries to postal code " + wanted.recipient().postalCode(),
                claim);
    }

    private Answer find(Request request) {
        var reference = request.query()
                .get("reference")
                .orElseThrow(() -> new Rejected(problem(400, "say which: GET " + PATH + "?reference=…")));
        var found = shipments.of(reference).stream()
                .map(standing -> ShipmentJson.now(standing, host))
                .toList();
        return Answer.json(200, CarrierJson.write(new Found(found)));
    }

    private Answer show(Request request) {
        var standing = shipments.shipment(request.path().getFirst()).orElseThrow(() -> unknown(request));
        return Answer.json(200, CarrierJson.write(ShipmentJson.now(standing, host)));
    }

    private Answer cancel(Request request) {
        var standing = shipments.cancel(request.path().getFirst()).orElseThrow(() -> unknown(request));
        return Answer.json(200, CarrierJson.write(ShipmentJson.now(standing, host)));
    }

    private Answer label(Request request) {
        var standing = shipments.shipment(request.path().getFirst()).orElseThrow(() -> unknown(request));
        var shipment = ShipmentJson.now(standing, host);
        return Answer.of(200, new Answer.Text("""
                        Sandbox carrier - not a real label
                        Tracking number: %s
                        Reference:       %s
                        Status:          %s
                        """.formatted(
                        shipment.trackingNumber(), shipment.reference(), shipment.status())));
    }

    private static Rejected unknown(Request request) {
        return new Rejected(CarrierWords.problem(
                404, "not_found", "no such shipment: " + request.path().getFirst()));
    }
}
