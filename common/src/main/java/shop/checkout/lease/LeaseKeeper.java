package shop.checkout.lease;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that one replica at a time does a duty: takes the lease when it is free, keeps it, hands it back.
 *
 * <p>At most one replica's lease is {@link Lease#held} at any moment, whatever crashes, pauses or is cut off, as long as monotonic
 * clocks run at about the same speed. A holder that stops hands over at once, one that dies after the lease's duration.
 */
public final class LeaseKeeper implements AutoCloseable {

    /** What the holder of the lease does. */
    @FunctionalInterface
    public interface Duty {
        /** Begins in threads of its own and returns at once. */
        Term begin(Lease lease);
    }

    /** A duty that is being done. */
    @FunctionalInterface
    public interface Term {
        /** Ends the duty, because the lease is lost or goes back, and returns within three seconds, when nothing is done any more. */
        void end();
    }

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(2);
    private static final Duration AFTER_FAULT = Duration.ofMillis(200);
    private static final Duration END_LIMIT = Duration.ofSeconds(6);
    /** So that every replica that waits has looked at the lease meanwhile, even one that is slow. */
    private static final int ABSTAINED_RETRIES = 10;

    private final String name;
    private final LeaseTimes times;
    private final Duty duty;
    private final LeaseTable table;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Lease current;

    /** @param owner says to people who holds the lease; need not be unique */
    public LeaseKeeper(DataSource dataSource, String name, String owner, LeaseTimes times, Duty duty) {
        this.name = name;
        this.times = times;
        this.duty = duty;
        this.table = new LeaseTable(dataSource, name, owner);
        this.thread = Thread.ofPlatform().name("lease-" + name).daemon().unstarted(this::run);
    }

    /** Begins to try; returns at once. */
    public void start() {
        thread.start();
    }

    /**
     * Hands the lease over: the duty ends, the lease goes back, and this replica leaves it to others for a while. It takes it again if
     * nobody else does.
     *
     * @return false when this replica does not hold the lease, and so nothing happens
     */
    public boolean stepDown() {
        var lease = current;
        if (lease == null || !lease.held()) {
            return false;
        }
        lease.giveUp(times.retry().multipliedBy(ABSTAINED_RETRIES));
        return true;
    }

    /** Ends the duty, then gives the lease back so that a successor need not wait. Bounded, and harmless if repeated. */
    @Override
    public void close() {
        closing.countDown();
        var lease = current;
        if (lease != null) {
            lease.giveUp(Duration.ZERO);
        }
        try {
            thread.join(END_LIMIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (table) {
            while (isOpen()) {
                var lease = tryToTake();
                if (lease == null) {
                    continue;
                }
                LOG.atInfo()
                        .addKeyValue("lease", name)
                        .addKeyValue("token", lease.token())
                        .log("lease taken");
                try {
                    hold(lease);
                    pause(lease.abstention());
                } catch (RuntimeException e) { // a duty that fails must not end the campaign for the lease
                    LOG.atError().addKeyValue("lease", lease).setCause(e).log("the duty under the lease failed");
                    pause(times.duration());
                }
            }
        }
    }

    private @Nullable Lease tryToTake() {
        try {
            var remaining = table.remaining(CALL_LIMIT);
            if (remaining.isPositive()) {
                pause(jittered(remaining.compareTo(times.retry()) < 0 ? remaining : times.retry()));
                return null;
            }
            long asked = System.nanoTime();
            var token = table.take(times.duration(), CALL_LIMIT);
            return token.isPresent() ? new Lease(name, token.getAsLong(), asked, times.duration()) : null;
        } catch (SQLException e) {
            LOG.atWarn().addKeyValue("lease", name).log("lease cannot be read: {}", e.getMessage());
            table.close();
            pause(jittered(times.renewal()));
            return null;
        }
    }

    private void hold(Lease lease) {
        current = lease;
        try {
            if (!isOpen()) { // closed before it could know of this lease
                lease.giveUp(Duration.ZERO);
            }
            var term = duty.begin(lease);
            try {
                renewUntilOver(lease);
            } finally {
                term.end();
            }
        } finally {
            current = null;
            giveBack(lease);
        }
    }

    private void renewUntilOver(Lease lease) {
        var untilNext = times.renewal();
        while (true) {
            awaitEnd(lease, shorter(untilNext, lease.remaining()));
            if (!lease.held()) {
                return;
            }
            untilNext = renewed(lease) ? times.renewal() : AFTER_FAULT;
        }
    }

    private void awaitEnd(Lease lease, Duration limit) {
        try {
            lease.awaitEnd(limit);
        } catch (InterruptedException _) {
            closing.countDown(); // nobody but a JVM that goes down interrupts this thread
            lease.giveUp(Duration.ZERO);
        }
    }

    /** False when it is worth another try. */
    private boolean renewed(Lease lease) {
        long asked = System.nanoTime();
        try {
            if (table.renew(lease.token(), times.duration(), shorter(CALL_LIMIT, lease.remaining()))) {
                lease.renewed(asked, times.duration());
            } else {
                lease.lost();
            }
            return true;
        } catch (SQLException e) {
            LOG.atWarn().addKeyValue("lease", lease).log("lease cannot be renewed: {}", e.getMessage());
            table.close();
            return false;
        }
    }

    private void giveBack(Lease lease) {
        if (!lease.held() && !lease.isGivenUp()) {
            LOG.atWarn()
                    .addKeyValue("lease", name)
                    .addKeyValue("token", lease.token())
                    .log("lease lost");
            return;
        }
        lease.lost();
        try {
            table.release(lease.token(), lease.greatestSeen(), CALL_LIMIT);
            LOG.atInfo()
                    .addKeyValue("lease", name)
                    .addKeyValue("token", lease.token())
                    .log("lease given back");
        } catch (SQLException e) {
            LOG.atWarn().addKeyValue("lease", lease).log("lease not given back, it will expire: {}", e.getMessage());
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    /** True when this keeper is being closed. */
    private boolean pause(Duration duration) {
        try {
            return closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            closing.countDown(); // nobody but a JVM that goes down interrupts this thread
            return true;
        }
    }

    /** A tenth earlier or later, so that waiting replicas do not come all at once. */
    private static Duration jittered(Duration duration) {
        return duration.plus(duration.dividedBy(10)
                .multipliedBy(ThreadLocalRandom.current().nextInt(-100, 101))
                .dividedBy(100));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
