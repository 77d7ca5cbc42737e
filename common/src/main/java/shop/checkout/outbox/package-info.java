/** Appends messages to the current transaction, for the relay to publish. */
@NullMarked
package shop.checkout.outbox;

import org.jspecify.annotations.NullMarked;
