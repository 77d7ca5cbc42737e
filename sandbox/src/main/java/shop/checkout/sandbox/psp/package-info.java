/** The payment provider: the part of Stripe's API that a shop needs to charge, look up and refund. */
@NullMarked
package shop.checkout.sandbox.psp;

import org.jspecify.annotations.NullMarked;
