@NullMarked
package shop.checkout.orchestrator.breaker;

import org.jspecify.annotations.NullMarked;
