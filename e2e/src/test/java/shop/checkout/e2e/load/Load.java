package shop.checkout.e2e.load;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import shop.checkout.e2e.guarantee.Evidence.Request;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.Http;
import shop.checkout.e2e.shop.Http.Answer;
import shop.checkout.e2e.shop.RunningShop;

/**
 * A closed loop of customers: each asks for a checkout, asks again under the same key until it has ended, and comes back
 * with the next one. An answer that does not come, or says "later", is asked for again. One in fifty walks away at once and
 * never learns what became of the order; one in ten brings back what was bought.
 */
public final class Load implements AutoCloseable {

    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration WALK_AWAY = Duration.ofMillis(5);
    private static final long LONGEST_PAUSE_MILLIS = 400;
    /** However fast the shop, the load is bounded. */
    private static final int MAX_CHECKOUTS = 20_000;

    private final RunningShop shop;
    private final Mix mix;
    private final String name;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch givingUp = new CountDownLatch(1);
    private final List<Thread> customers = new ArrayList<>();

    private Load(RunningShop shop, Mix mix, String name) {
        this.shop = shop;
        this.mix = mix;
        this.name = name;
    }

    /** Lets so many customers in, who stay until {@link #finish} or {@link #close}. */
    public static Load start(RunningShop shop, int customers, Mix mix) {
        var load = new Load(shop, mix, "load-" + UUID.randomUUID());
        for (int i = 0; i < customers; i++) {
            load.customers.add(Thread.ofVirtual().start(load::shop));
        }
        return load;
    }

    /** Lets nobody ask for another checkout, and returns when everybody knows how theirs ended. */
    public List<Request> finish(Duration limit) {
        stopping.countDown();
        var end = System.nanoTime() + limit.toNanos();
        try {
            for (var customer : customers) {
                if (!customer.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    throw new AssertionError("after " + limit + " only " + this);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        if (!unexpected.isEmpty()) {
            throw new AssertionError(unexpected.size() + " unexpected answers, such as " + unexpected.peek());
        }
        return List.copyOf(requests);
    }

    /** Sends everybody home at once. */
    @Override
    public void close() {
        stopping.countDown();
        givingUp.countDown();
        customers.forEach(Thread::interrupt);
    }

    /** How many checkouts have ended, as far as customers know. */
    public long ended() {
        return ended.get();
    }

    /** How many requests got no answer, or none that says how the checkout ended, and were repeated. */
    public long repeated() {
        return repeated.get();
    }

    @Override
    public String toString() {
        return ended + " of " + asked + " checkouts have ended, " + repeated + " requests were repeated";
    }

    private void shop() {
        for (long n = asked.incrementAndGet(); isOpen(stopping) && n <= MAX_CHECKOUTS; n = asked.incrementAndGet()) {
            var key = name + "-" + n;
            if (mix.walksAway(n)) {
                walkAway(key, mix.cart(n));
            } else {
                buy(key, mix.cart(n), mix.bringsBack(n));
            }
        }
        asked.decrementAndGet();
    }

    private void walkAway(String key, Cart cart) {
        try {
            Http.send(shop.api()
                    .request(key, cart.json(), WAIT)
                    .timeout(WALK_AWAY)
                    .build());
        } catch (IOException | AssertionError _) {
            // just what is wanted: nobody knows whether the shop has got it
        }
        requests.add(new Request(key, Set.of()));
        ended.incrementAndGet();
    }

    private void buy(String key, Cart cart, boolean bringsBack) {
        var bought = untilItHasEnded(key, () -> shop.api().request(key, cart.json(), WAIT));
        bought.filter(it -> bringsBack && status(it).equals("COMPLETED"))
                .map(it -> it.json().path("id").asString())
                .ifPresent(id ->
                        untilItHasEnded(key + "-back", () -> shop.api().returnRequest(id, key + "-back", WAIT)));
        ended.incrementAndGet();
    }

    /** The last answer; none when the customer was sent home before, or heard what should not be. */
    private Optional<Answer> untilItHasEnded(String key, Supplier<HttpRequest.Builder> request) {
        var ids = new HashSet<UUID>();
        Optional<Answer> end = Optional.empty();
        while (end.isEmpty() && isOpen(givingUp)) {
            end = end(key, request, ids);
            if (end.isEmpty()) {
                repeated.incrementAndGet();
                pause();
            }
        }
        requests.add(new Request(key, ids));
        return end;
    }

    /** The answer, if no other one is to follow. */
    private Optional<Answer> end(String key, Supplier<HttpRequest.Builder> request, Set<UUID> ids) {
        try {
            var answer = Http.send(request.get().build());
            return switch (answer.status()) {
                case 200, 202 -> {
                    ids.add(UUID.fromString(answer.json().path("id").asString()));
                    yield Optional.of(answer).filter(Load::isFinal);
                }
                case 409, 429, 503 -> Optional.empty();
                default -> {
                    unexpected.add(key + ": " + answer);
                    yield Optional.of(answer);
                }
            };
        } catch (IOException | AssertionError _) {
            return Optional.empty(); // the shop is down, or went down meanwhile
        }
    }

    private static boolean isFinal(Answer answer) {
        return status(answer).equals("COMPLETED") || status(answer).equals("REJECTED");
    }

    private static String status(Answer answer) {
        return answer.json().path("status").asString("");
    }

    private void pause() {
        try {
            var _ = givingUp.await(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isOpen(CountDownLatch latch) {
        return latch.getCount() > 0 && !Thread.currentThread().isInterrupted();
    }
}
