/** Every path of a return. */
@NullMarked
package shop.checkout.orchestrator.returns;

import org.jspecify.annotations.NullMarked;
