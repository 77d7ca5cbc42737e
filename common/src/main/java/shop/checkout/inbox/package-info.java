/** Which messages have we acted on, and what did we answer. */
@NullMarked
package shop.checkout.inbox;

import org.jspecify.annotations.NullMarked;
