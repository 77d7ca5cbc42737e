/** Services are replaced, one by one, while checkouts flow. */
@NullMarked
package shop.checkout.e2e.upgrade;

import org.jspecify.annotations.NullMarked;
