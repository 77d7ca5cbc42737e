/** What the orchestrator tells the world about checkouts. */
@NullMarked
package shop.checkout.contract.checkout;

import org.jspecify.annotations.NullMarked;
