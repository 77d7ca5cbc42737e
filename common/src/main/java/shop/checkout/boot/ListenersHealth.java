package shop.checkout.boot;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether every topic is listened to. It is, too, while Kafka cannot be reached: that would concern all replicas at once, and none could
 * do better than wait.
 */
final class ListenersHealth extends AbstractHealthIndicator {

    private final Listeners listeners;

    ListenersHealth(Listeners listeners) {
        this.listeners = listeners;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        var stopped = listeners.stopped();
        builder.status(stopped.isEmpty() ? Status.UP : Status.DOWN).withDetail("stopped", stopped);
    }
}
