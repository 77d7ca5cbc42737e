/** Customers by the hundred, as impatient as real ones. */
@NullMarked
package shop.checkout.e2e.load;

import org.jspecify.annotations.NullMarked;
