/** Calls that act once per idempotency key and fail on demand. */
@NullMarked
package shop.checkout.sandbox.call;

import org.jspecify.annotations.NullMarked;
