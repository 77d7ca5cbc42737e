/** The carrier, reached over HTTP. */
@NullMarked
package shop.checkout.shipping.carrier;

import org.jspecify.annotations.NullMarked;
