/** The sandbox as its clients see it: over HTTP. */
@NullMarked
package shop.checkout.sandbox;

import org.jspecify.annotations.NullMarked;
