/** Carries committed outbox rows from the write-ahead log to Kafka, on the replica that holds the lease. */
@NullMarked
package shop.checkout.relay;

import org.jspecify.annotations.NullMarked;
