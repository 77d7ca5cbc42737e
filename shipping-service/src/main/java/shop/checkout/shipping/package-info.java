/** The shipping service: hands goods to the carrier, calls them back, and has them fetched from customers. */
@NullMarked
package shop.checkout.shipping;

import org.jspecify.annotations.NullMarked;
