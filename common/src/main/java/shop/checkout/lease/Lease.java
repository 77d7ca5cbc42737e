package shop.checkout.lease;

import java.time.Duration;

/**
 * A term in office: the right to do something that only one replica may do, until it is lost.
 *
 * <p>The token grows with every change of owner and is never handed out twice, so what was done under an older lease can be
 * told and refused (Kleppmann 2016, "How to do distributed locking"). Thread-safe.
 */
public final class Lease {

    private final String name;
    private final long token;
    private volatile long deadline;
    private volatile long seen;

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
        return deadline - System.nanoTime() > 0;
    }

    /**
     * Gives the lease up, because a greater token than this one has been seen at work, as happens when the lease's table was
     * restored from a backup. The next token will be greater than that one too.
     */
    public void outrankedBy(long greaterToken) {
        seen = greaterToken;
        deadline = System.nanoTime();
    }

    /** The greatest token known to have been used. */
    long greatestSeen() {
        return Math.max(token, seen);
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    void renewed(long asked, Duration duration) {
        if (seen == 0) {
            deadline = asked + duration.toNanos();
        }
    }

    boolean isOutranked() {
        return seen > 0;
    }

    void lost() {
        deadline = System.nanoTime();
    }

    @Override
    public String toString() {
        return name + "#" + token;
    }
}
