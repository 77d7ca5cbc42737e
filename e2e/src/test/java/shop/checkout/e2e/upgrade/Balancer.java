package shop.checkout.e2e.upgrade;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import shop.checkout.e2e.shop.Http;
import shop.checkout.e2e.shop.Http.Answer;

/** Sends requests to the process that has the fewest, as what stands before replicas does; a process is drained before it is ended. */
final class Balancer {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Map<URI, AtomicInteger> underWay = new LinkedHashMap<>();

    synchronized void add(URI target) {
        underWay.put(target, new AtomicInteger());
    }

    /** Returns when it has answered all that was sent to it. */
    void remove(URI target) {
        var left = taken(target);
        await("requests to " + target + " to be answered").atMost(LIMIT).until(() -> left.get() == 0);
    }

    private synchronized AtomicInteger taken(URI target) {
        var left = underWay.remove(target);
        if (left == null) {
            throw new IllegalArgumentException(target + " is no target");
        }
        return left;
    }

    /** @throws IOException when there is no answer */
    Answer send(Function<URI, HttpRequest> request) throws IOException {
        var chosen = chosen();
        try {
            return Http.send(request.apply(chosen.getKey()));
        } finally {
            chosen.getValue().decrementAndGet();
        }
    }

    private synchronized Map.Entry<URI, AtomicInteger> chosen() {
        var chosen = underWay.entrySet().stream()
                .min((a, b) -> Integer.compare(a.getValue().get(), b.getValue().get()))
                .orElseThrow(() -> new IllegalStateException("there is nobody to send a request to"));
        chosen.getValue().incrementAndGet();
        return Map.entry(chosen.getKey(), chosen.getValue());
    }
}
