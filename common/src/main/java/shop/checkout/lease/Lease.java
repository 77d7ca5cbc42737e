package shop.checkout.lease;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A term in office: the right to do something that only one replica may do, until it is lost or given up.
 *
 * <p>The token grows with every term, the next one of the same owner included, and is never handed out twice, so what was done under an
 * older lease can be told and refused (Kleppmann 2016, "How to do distributed locking"). Thread-safe.
 */
public final class Lease {

    private final String name;
    private final long token;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile long deadline;
    private volatile long seen;
    private volatile boolean givenUp;
    private volatile Duration abstention = Duration.ZERO;

    /** @param asked {@link System#nanoTime} before the database was asked, so that this deadline is never after the database's */
    Lease(String name, long token, long asked, Duration duration) {
        this.name = name;
        this.token = token;
        this.deadline = asked + duration.toNanos();
    }

    public String name() {
        return name;
    }

    /** The fencing token. */
    public long token() {
        return token;
    }

    /** False from the moment another replica may take over, judged by this process's own monotonic clock; never true again. */
    public boolean held() {
        return over.getCount() > 0 && deadline - System.nanoTime() > 0;
    }

    /**
     * Gives the lease up: the term is over at once, and the lease goes back as soon as the duty has ended. Harmless if repeated.
     *
     * @param abstain how long this replica leaves the lease to others before it tries to take it again
     */
    public void giveUp(Duration abstain) {
        abstention = abstain;
        givenUp = true;
        over.countDown();
    }

    /**
     * Gives the lease up, because a greater token than this one has been seen at work. The next token will be greater than that one
     * too.
     */
    public void outrankedBy(long greaterToken) {
        seen = greaterToken;
        giveUp(Duration.ZERO);
    }

    /** The greatest token known to have been used. */
    long greatestSeen() {
        return Math.max(token, seen);
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    void renewed(long asked, Duration duration) {
        deadline = asked + duration.toNanos();
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** How long to leave the lease to others. */
    Duration abstention() {
        return abstention;
    }

    void lost() {
        over.countDown();
    }

    /** Returns early when the term is over. */
    void awaitEnd(Duration limit) throws InterruptedException {
        over.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public String toString() {
        return name + "#" + token;
    }
}
