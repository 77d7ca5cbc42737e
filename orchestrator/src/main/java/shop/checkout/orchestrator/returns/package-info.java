/** The business process of a return: which steps it takes, and what it knows. */
@NullMarked
package shop.checkout.orchestrator.returns;

import org.jspecify.annotations.NullMarked;
