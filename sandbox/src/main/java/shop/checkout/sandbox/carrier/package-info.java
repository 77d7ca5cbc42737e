/** The carrier: shipments and pick-ups made, looked up and cancelled. */
@NullMarked
package shop.checkout.sandbox.carrier;

import org.jspecify.annotations.NullMarked;
