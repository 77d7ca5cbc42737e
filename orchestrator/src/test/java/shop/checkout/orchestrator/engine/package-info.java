/** The engine's promises, each on a real database. */
@NullMarked
package shop.checkout.orchestrator.engine;

import org.jspecify.annotations.NullMarked;
