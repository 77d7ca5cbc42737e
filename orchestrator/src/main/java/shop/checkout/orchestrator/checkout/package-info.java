/** The business process of a checkout: which steps it takes, and what it knows. */
@NullMarked
package shop.checkout.orchestrator.checkout;

import org.jspecify.annotations.NullMarked;
