/** The shipping service: hands goods to the carrier, and calls them back. */
@NullMarked
package shop.checkout.shipping;

import org.jspecify.annotations.NullMarked;
