package shop.checkout.benchmark.load;

import java.util.concurrent.locks.LockSupport;

/** Wakes somebody whenever a request of a schedule is due: a selector alone knows only whole milliseconds. */
final class Pacer {
    private final Thread thread;
    private volatile boolean stopped;

    Pacer(Schedule schedule, Runnable wake) {
        this.thread = Thread.ofPlatform().name("pacer").daemon().unstarted(() -> run(schedule, wake));
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    private void run(Schedule schedule, Runnable wake) {
        long next = 0;
        while (!stopped) {
            long now = System.nanoTime();
            if (schedule.isDue(next, now)) {
                wake.run();
                next++;
            } else {
                LockSupport.parkNanos(schedule.due(next) - now);
            }
        }
    }
}
