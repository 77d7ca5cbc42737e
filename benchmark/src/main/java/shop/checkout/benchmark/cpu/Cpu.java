package shop.checkout.benchmark.cpu;

import java.time.Duration;

/** Processor time. The kernel counts the sum exactly and how it is parted by sampling. */
public record Cpu(Duration user, Duration system) {
    public static final Cpu ZERO = new Cpu(Duration.ZERO, Duration.ZERO);

    public Duration total() {
        return user.plus(system);
    }

    public Cpu plus(Cpu other) {
        return new Cpu(user.plus(other.user), system.plus(other.system));
    }

    public Cpu minus(Cpu other) {
        return new Cpu(user.minus(other.user), system.minus(other.system));
    }
}
