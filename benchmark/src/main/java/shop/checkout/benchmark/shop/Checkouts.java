package shop.checkout.benchmark.shop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import shop.checkout.benchmark.load.Answer;
import shop.checkout.benchmark.load.Requests;

/** Checkouts of one product each, answered once their saga has ended; every tenth payment is declined. Only used by one thread. */
public final class Checkouts implements Requests {
    /** One checkout in so many is declined. */
    public static final int DECLINED_ONE_IN = 10;

    private static final List<String> SKUS =
            List.of("espresso-machine", "coffee-grinder", "milk-jug", "beans-1kg", "tamper", "descaler", "gift-card");

    private static final String HEAD = """
            POST /api/v1/checkouts HTTP/1.1
            Host: shop
            Content-Type: application/json
            Prefer: wait=30
            Idempotency-Key: benchmark-%d
            Content-Length: %d

            """.replace("\n", "\r\n");

    private static final String BODY = """
            {"customerId":"c-42","lines":[{"sku":"%s","quantity":1}],"payment":{"method":"%s"},\
            "shippingAddress":{"name":"Ada Lovelace","street":"12 St James's Square","city":"London",\
            "postalCode":"SW1Y 4JH","country":"GB"}}""";

    private static final String STATUS = "\"status\":\"";

    /** The bodies repeat. */
    private final List<String> bodies = IntStream.range(0, SKUS.size() * DECLINED_ONE_IN)
            .mapToObj(n -> BODY.formatted(
                    SKUS.get(n % SKUS.size()), isDeclined(n) ? "pm_card_chargeDeclined" : "pm_card_visa"))
            .toList();

    @Override
    public ByteBuffer request(long n) {
        var body = bodies.get((int) (n % bodies.size()));
        return ByteBuffer.wrap((HEAD.formatted(n, body.length()) + body).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Optional<String> complaint(long n, Answer answer) {
        var expected = isDeclined(n) ? "REJECTED" : "COMPLETED";
        var status = status(answer.body());
        return answer.status() == 200 && status.equals(expected)
                ? Optional.empty()
                : Optional.of("%d %s instead of 200 %s".formatted(answer.status(), status, expected));
    }

    public static boolean isDeclined(long n) {
        return n % DECLINED_ONE_IN == DECLINED_ONE_IN - 1;
    }

    /** The checkout's own comes first; steps have no status but a state. */
    private static String status(String body) {
        int from = body.indexOf(STATUS) + STATUS.length();
        return from < STATUS.length() ? "without a status" : body.substring(from, body.indexOf('"', from));
    }
}
