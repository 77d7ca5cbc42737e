package shop.checkout.launcher;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Demo checkouts at a steady rate, whatever the shop does (an open loop: a slow shop does not slow down the customers).
 *
 * <p>Latency counts from the moment a checkout was due to the moment the shop wrote its end.
 */
final class Traffic implements AutoCloseable {
    private static final Duration WATCH = Duration.ofMillis(250);
    private static final int REQUESTS_AT_ONCE = 256;
    private static final int ATTEMPTS = 10;
    private static final Duration RETRY_CAP = Duration.ofSeconds(2);

    private final ShopClient shop;
    private final List<String> skus;
    private final Console console;
    private final Tally tally = new Tally();
    private final OutcomeWatch outcomes;
    private final Semaphore requests = new Semaphore(REQUESTS_AT_ONCE);
    private final ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration interval;
    private volatile boolean closed;

    private Traffic(ShopClient shop, List<Product> products, int rate, Console console) {
        this.shop = shop;
        this.skus = products.stream()
                .filter(product -> product.available() > 0)
                .map(Product::sku)
                .toList();
        this.console = console;
        this.outcomes = new OutcomeWatch(shop, tally);
        this.interval = Duration.ofSeconds(1).dividedBy(rate);
    }

    /** So many checkouts a second until closed, and a line that says how they fare. */
    static Traffic start(ShopClient shop, List<Product> products, int rate, Console console) {
        var traffic = new Traffic(shop, products, rate, console);
        if (traffic.skus.isEmpty()) {
            throw new LauncherException(
                    "--traffic needs products in stock, and there are none left; start with --fresh");
        }
        Thread.ofPlatform().name("traffic").daemon().start(traffic::send);
        Thread.ofPlatform().name("traffic-outcomes").daemon().start(traffic::watch);
        return traffic;
    }

    @Override
    public void close() {
        closed = true;
        customers.shutdownNow();
    }

    private void send() {
        for (var due = Instant.now(); !closed; due = due.plus(interval)) {
            LockSupport.parkNanos(Duration.between(Instant.now(), due).toNanos());
            var scheduled = due;
            tally.started();
            customers.submit(() -> order(scheduled));
        }
    }

    private void order(Instant due) {
        var key = UUID.randomUUID().toString();
        var body = choose().json("demo-" + ThreadLocalRandom.current().nextInt(1_000), sku());
        try {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                var id = place(key, body);
                if (id.isPresent()) {
                    tally.accepted(id.get(), due);
                    return;
                }
                Thread.sleep(ThreadLocalRandom.current().nextLong(RETRY_CAP.toMillis()));
            }
            tally.failed();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> place(String key, String body) throws InterruptedException {
        requests.acquire();
        try {
            return shop.place(key, body);
        } catch (IOException _) {
            return Optional.empty();
        } finally {
            requests.release();
        }
    }

    private void watch() {
        while (!closed) {
            try {
                outcomes.look();
            } catch (IOException _) {
                // the orchestrator is being started again; the next look will tell
            } catch (InterruptedException _) {
                return;
            }
            console.progress(tally.line(), Instant.now());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(WATCH.toMillis()));
        }
    }

    /** Mostly good ones. */
    private static DemoOrder choose() {
        int percent = ThreadLocalRandom.current().nextInt(100);
        return percent < 85
                ? DemoOrder.COMPLETES
                : percent < 90 ? DemoOrder.SOLD_OUT : percent < 95 ? DemoOrder.DECLINED : DemoOrder.UNDELIVERABLE;
    }

    private String sku() {
        return skus.get(ThreadLocalRandom.current().nextInt(skus.size()));
    }
}
