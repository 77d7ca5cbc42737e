/** Messages that cannot be handled now, kept by key until they can. */
@NullMarked
package shop.checkout.parking;

import org.jspecify.annotations.NullMarked;
