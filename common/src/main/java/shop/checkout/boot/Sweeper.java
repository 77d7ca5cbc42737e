package shop.checkout.boot;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import shop.checkout.consumer.Sweep;

/** Runs sweeps, each on its own until the service stops. */
final class Sweeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private final List<Sweep> sweeps;
    private @Nullable ScheduledExecutorService scheduler;

    Sweeper(List<Sweep> sweeps) {
        this.sweeps = List.copyOf(sweeps);
    }

    @Override
    public void start() {
        if (sweeps.isEmpty()) {
            return;
        }
        var threads = Executors.newScheduledThreadPool(
                sweeps.size(), Thread.ofPlatform().name("sweep-", 0).daemon().factory());
        for (var sweep : sweeps) {
            long nanos = sweep.interval().toNanos();
            threads.scheduleWithFixedDelay(() -> run(sweep), nanos, nanos, TimeUnit.NANOSECONDS);
        }
        scheduler = threads;
    }

    @Override
    public void stop() {
        if (scheduler != null) {
            scheduler.shutdown();
            try {
                scheduler.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            scheduler = null;
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }

    /** After the relay, before the web server. */
    @Override
    public int getPhase() {
        return 0;
    }

    private static void run(Sweep sweep) {
        try {
            sweep.work().run();
        } catch (RuntimeException | Error e) { // whatever escapes here would end the sweep for good
            log.warn("Sweep '{}' failed and runs again in {}: {}", sweep.name(), sweep.interval(), e.toString());
        }
    }
}
