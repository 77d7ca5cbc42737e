package shop.checkout.orchestrator.saga;

import java.time.Instant;

/**
 * By when a saga is to have ended.
 *
 * @param missed whether it was missed by a saga that could not turn back any more, so that a person has been called
 */
public record Deadline(Instant at, boolean missed) {}
