package shop.checkout.e2e.upgrade;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.Http;
import shop.checkout.e2e.shop.Http.Answer;

/**
 * A closed loop of customers who send each request once, unless it is answered by what the API promises to be safe to repeat: 202, it is
 * not finished yet, and 503, ask again with the same key. Anything else, no answer at all included, is a failed request.
 */
final class Customers implements AutoCloseable {

    private static final int DECLINED_EVERY = 10;

    private final Balancer balancer;
    private final String name = "upgrade-" + UUID.randomUUID();
    private final AtomicLong asked = new AtomicLong();
    private final Map<String, String> endings = new ConcurrentHashMap<>();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    Customers(Balancer balancer) {
        this.balancer = balancer;
    }

    void comeIn(int many) {
        for (int i = 0; i < many; i++) {
            threads.add(Thread.ofVirtual().start(this::shop));
        }
    }

    /** How many checkouts have ended. */
    int ended() {
        return endings.size();
    }

    /** How many checkouts have ended so. */
    long ended(String status) {
        return endings.values().stream().filter(status::equals).count();
    }

    /** What went wrong. */
    List<String> failed() {
        return List.copyOf(failed);
    }

    private void shop() {
        while (!closed) {
            long n = asked.incrementAndGet();
            var key = name + "-" + n;
            var cart = n % DECLINED_EVERY == 0 ? Cart.DECLINED : Cart.GOOD;
            while (!endings.containsKey(key) && failed.isEmpty()) {
                ask(key, cart);
            }
            if (!failed.isEmpty()) {
                return;
            }
        }
    }

    private void ask(String key, Cart cart) {
        try {
            var answer = balancer.send(target -> Http.request(target.resolve("/api/v1/checkouts"))
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .header("Prefer", "wait=5")
                    .POST(BodyPublishers.ofString(cart.json()))
                    .build());
            judge(key, answer);
        } catch (IOException e) {
            failed.add(key + ": " + e);
        }
    }

    private void judge(String key, Answer answer) {
        switch (answer.status()) {
            case 200 -> endings.put(key, answer.json().path("status").asString(""));
            case 202, 503 -> {
                // is asked for once more
            }
            default -> failed.add(key + ": " + answer);
        }
    }

    /** Nobody asks for another checkout; returns when everybody knows how theirs ended. */
    void leave(Duration limit) throws InterruptedException {
        closed = true;
        for (var thread : threads) {
            if (!thread.join(limit)) {
                throw new AssertionError("somebody still waits for a checkout to end");
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
