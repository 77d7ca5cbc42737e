/** The saga of docs/tutorial.md, compiled and tested as it stands there, and the check that it does. */
@NullMarked
package shop.checkout.orchestrator.tutorial;

import org.jspecify.annotations.NullMarked;
