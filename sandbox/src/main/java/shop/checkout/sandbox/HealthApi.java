package shop.checkout.sandbox;

import java.nio.charset.StandardCharsets;
import shop.checkout.sandbox.fact.FactLog;
import shop.checkout.sandbox.http.Answer;
import shop.checkout.sandbox.http.Endpoint;
import shop.checkout.sandbox.http.Request;

/** {@code GET /health}: 200 while everything works, 503 once the journal can no longer be written. */
final class HealthApi implements Endpoint {

    static final String PATH = "/health";

    private final FactLog log;

    HealthApi(FactLog log) {
        this.log = log;
    }

    @Override
    public Answer handle(Request request) {
        if (!request.shape().equals("GET")) {
            return problem(404, "there is GET /health");
        }
        return log.isBroken() ? status(503, "DOWN") : status(200, "UP");
    }

    @Override
    public Answer problem(int status, String detail) {
        return Answer.of(status, new Answer.Text(detail + "\n"));
    }

    private static Answer status(int status, String word) {
        return Answer.json(status, ("{\"status\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8));
    }
}
