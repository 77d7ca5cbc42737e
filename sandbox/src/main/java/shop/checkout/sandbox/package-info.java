/** A payment provider and a carrier to develop against, in one process of their own. */
@NullMarked
package shop.checkout.sandbox;

import org.jspecify.annotations.NullMarked;
