/** Every path of a checkout. */
@NullMarked
package shop.checkout.orchestrator.checkout;

import org.jspecify.annotations.NullMarked;
