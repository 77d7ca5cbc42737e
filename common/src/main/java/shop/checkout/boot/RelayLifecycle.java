package shop.checkout.boot;

import org.springframework.context.SmartLifecycle;
import shop.checkout.relay.Relay;

/** Runs the relay before, and for longer than, everything that writes to the outbox. */
final class RelayLifecycle implements SmartLifecycle {

    private final Relay relay;
    private volatile boolean running;

    RelayLifecycle(Relay relay) {
        this.relay = relay;
    }

    @Override
    public void start() {
        relay.start();
        running = true;
    }

    @Override
    public void stop() {
        relay.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return -100;
    }
}
