/** The payment provider, reached by Stripe's API. */
@NullMarked
package shop.checkout.payment.gateway;

import org.jspecify.annotations.NullMarked;
