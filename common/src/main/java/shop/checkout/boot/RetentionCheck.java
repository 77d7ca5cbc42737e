package shop.checkout.boot;

import org.springframework.context.SmartLifecycle;
import shop.checkout.retention.Retention;

/** Stops the start, once the topics are there and before the first message is read, if the inbox would forget too soon. */
final class RetentionCheck implements SmartLifecycle {

    private final Retention retention;
    private volatile boolean running;

    RetentionCheck(Retention retention) {
        this.retention = retention;
    }

    @Override
    public void start() {
        retention.check();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the intents, the listeners, and the relay, which publishes once it runs. */
    @Override
    public int getPhase() {
        return -200;
    }
}
