package shop.checkout.boot;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import shop.checkout.consumer.Preparation;

/** Runs all preparations, one after the other. */
final class Preparations implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Preparations.class);

    private final List<Preparation> preparations;
    private volatile boolean running;

    Preparations(List<Preparation> preparations) {
        this.preparations = List.copyOf(preparations);
    }

    @Override
    public void start() {
        for (var preparation : preparations) {
            log.debug("{}", preparation.name());
            preparation.work().run();
        }
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
