/** The hybrid logical clock. */
@NullMarked
package shop.checkout.time;

import org.jspecify.annotations.NullMarked;
