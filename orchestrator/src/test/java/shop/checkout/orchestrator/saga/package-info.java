/** A vocabulary to test sagas with, and the tests of the machine that moves them. */
@NullMarked
package shop.checkout.orchestrator.saga;

import org.jspecify.annotations.NullMarked;
