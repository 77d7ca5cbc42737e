/** Black-box scenarios against real processes, and the rules of the architecture. */
@NullMarked
package shop.checkout.e2e;

import org.jspecify.annotations.NullMarked;
