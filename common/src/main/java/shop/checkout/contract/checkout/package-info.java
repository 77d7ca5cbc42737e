/** What the orchestrator tells the world about checkouts and returns. */
@NullMarked
package shop.checkout.contract.checkout;

import org.jspecify.annotations.NullMarked;
