package shop.checkout.sandbox.effect;

import java.util.List;
import shop.checkout.sandbox.http.Answer;
import shop.checkout.sandbox.http.Endpoint;
import shop.checkout.sandbox.http.Request;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Evidence, below {@code /sandbox/v1}, all of it on the disk when it is answered.
 *
 * <ul>
 *   <li>{@code GET /effects}: one JSON object a line (application/x-ndjson) per order, in no particular order, as
 *       they all were at one moment; see {@link OrderEffects}
 *   <li>{@code GET /effects?order=ID}: the one line of that order, or nothing
 *   <li>{@code GET /totals}: the sums over all orders and their number
 * </ul>
 */
public final class EffectsApi implements Endpoint {

    public static final String PATH = "/sandbox/v1";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectWriter LINE = JSON.writerFor(OrderEffects.class);

    private final Effects effects;

    public EffectsApi(Effects effects) {
        this.effects = effects;
    }

    @Override
    public Answer handle(Request request) {
        return switch (request.method() + " " + String.join("/", request.path())) {
            case "GET effects" -> Answer.of(200, new Answer.JsonLines(wanted(request), LINE));
            case "GET totals" -> Answer.json(200, JSON.writeValueAsBytes(effects.totals()));
            default -> problem(404, "there is GET /sandbox/v1/effects, …/effects?order=ID and …/totals");
        };
    }

    private List<OrderEffects> wanted(Request request) {
        return request.query()
                .get("order")
                .map(order -> effects.of(order).stream().toList())
                .orElseGet(effects::all);
    }

    @Override
    public Answer problem(int status, String detail) {
        record Problem(int status, String detail) {}
        return Answer.json(status, JSON.writeValueAsBytes(new Problem(status, detail)));
    }
}
