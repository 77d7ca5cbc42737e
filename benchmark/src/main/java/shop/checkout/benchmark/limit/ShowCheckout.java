package shop.checkout.benchmark.limit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import shop.checkout.benchmark.load.Answer;
import shop.checkout.benchmark.load.Requests;

/** One checkout, looked at again and again. */
record ShowCheckout(UUID id) implements Requests {
    @Override
    public ByteBuffer request(long n) {
        var request = "GET /api/v1/checkouts/" + id + " HTTP/1.1\r\nHost: shop\r\n\r\n";
        return ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Optional<String> complaint(long n, Answer answer) {
        return answer.status() == 200 && answer.body().contains(id.toString())
                ? Optional.empty()
                : Optional.of("GET of a checkout: " + answer.status());
    }
}
