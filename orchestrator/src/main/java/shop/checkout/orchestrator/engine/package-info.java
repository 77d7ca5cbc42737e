/** Runs sagas: loads, locks, moves and stores them in batches, each batch one transaction. */
@NullMarked
package shop.checkout.orchestrator.engine;

import org.jspecify.annotations.NullMarked;
