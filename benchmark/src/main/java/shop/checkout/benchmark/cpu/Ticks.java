package shop.checkout.benchmark.cpu;

import java.time.Duration;

/** The unit in which Linux tells processor time to programs: USER_HZ, 100 a second on all that a JVM runs on (time(7)). */
final class Ticks {
    private static final long A_SECOND = 100;

    private Ticks() {}

    static Duration duration(long ticks) {
        return Duration.ofSeconds(1).multipliedBy(ticks).dividedBy(A_SECOND);
    }

    static Cpu cpu(String user, String system) {
        return new Cpu(duration(Long.parseLong(user)), duration(Long.parseLong(system)));
    }
}
