/** Commands in, handlers, replies out, once, in batches. */
@NullMarked
package shop.checkout.participant;

import org.jspecify.annotations.NullMarked;
