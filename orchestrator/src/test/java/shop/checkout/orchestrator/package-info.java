/** The service as a whole. */
@NullMarked
package shop.checkout.orchestrator;

import org.jspecify.annotations.NullMarked;
