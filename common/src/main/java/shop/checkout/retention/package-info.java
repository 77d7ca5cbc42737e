/** Keeps the tables of messages from growing for ever, and forgets nothing that may still be needed. */
@NullMarked
package shop.checkout.retention;

import org.jspecify.annotations.NullMarked;
