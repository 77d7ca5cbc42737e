/** The service that runs sagas. */
@NullMarked
package shop.checkout.orchestrator;

import org.jspecify.annotations.NullMarked;
