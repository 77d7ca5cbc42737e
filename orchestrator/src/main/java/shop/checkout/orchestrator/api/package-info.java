/** The REST API of checkouts: starts them exactly once a key, shows them, waits for them, cancels them. */
@NullMarked
package shop.checkout.orchestrator.api;

import org.jspecify.annotations.NullMarked;
