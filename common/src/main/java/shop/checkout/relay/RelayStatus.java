package shop.checkout.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How publishing stands, as the database sees it; the same on every replica, save for {@code leading}.
 *
 * @param leading whether this replica publishes
 * @param leader who holds the lease; empty when nobody does
 * @param token of the newest lease that has published; 0 before the first
 * @param published the log's position up to which all is published
 * @param publishedAt when that was stored; an idle relay stores it every few seconds
 * @param lagRows outbox rows written after the newest one that is known to be published; {@value Observation#MOST_ROWS} stands for that
 *     many or more
 * @param lag since the oldest of these was written; zero if there is none
 * @param slotActive whether somebody reads from the slot
 * @param walStatus PostgreSQL's: reserved, extended, unreserved or lost; {@code absent} when there is no slot
 * @param retainedBytes of log that PostgreSQL keeps for the slot
 */
public record RelayStatus(
        String slot,
        boolean leading,
        Optional<String> leader,
        long token,
        Optional<String> published,
        Optional<Instant> publishedAt,
        long lagRows,
        Duration lag,
        boolean slotActive,
        String walStatus,
        long retainedBytes) {}
