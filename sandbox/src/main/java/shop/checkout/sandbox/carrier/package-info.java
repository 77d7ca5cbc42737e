/** The carrier: shipments made, looked up and cancelled. */
@NullMarked
package shop.checkout.sandbox.carrier;

import org.jspecify.annotations.NullMarked;
