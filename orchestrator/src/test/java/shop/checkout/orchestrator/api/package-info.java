/** The REST API as a client meets it. */
@NullMarked
package shop.checkout.orchestrator.api;

import org.jspecify.annotations.NullMarked;
