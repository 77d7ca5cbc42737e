package shop.checkout.boot;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.SmartLifecycle;
import shop.checkout.consumer.Sweep;
import shop.checkout.intent.IntentRunner;

/**
 * Runs every {@link IntentRunner}: from before the first command is read until after the last one, so that its calls are
 * settled while the database is still there.
 */
final class IntentLifecycle implements SmartLifecycle {

    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(500);
    private static final Duration COUNT_EVERY = Duration.ofSeconds(5);

    private final List<? extends IntentRunner<?, ?>> runners;
    private final Sweeper sweeper;
    private volatile boolean running;

    IntentLifecycle(List<? extends IntentRunner<?, ?>> runners) {
        this.runners = List.copyOf(runners);
        this.sweeper = new Sweeper(runners.stream()
                .flatMap(runner -> Stream.of(
                        new Sweep("intents", SWEEP_INTERVAL, runner::sweep),
                        new Sweep("open intents", COUNT_EVERY, runner::count)))
                .toList());
    }

    @Override
    public void start() {
        runners.forEach(IntentRunner::start);
        sweeper.start();
        running = true;
    }

    @Override
    public void stop() {
        sweeper.stop();
        runners.forEach(IntentRunner::close);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** What was closed cannot be started again. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    /** Started before the listeners, stopped after them. */
    @Override
    public int getPhase() {
        return -1;
    }
}
