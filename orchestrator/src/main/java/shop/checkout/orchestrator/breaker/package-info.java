/** Which participants do not answer: a circuit breaker for each, shared by all replicas. */
@NullMarked
package shop.checkout.orchestrator.breaker;

import org.jspecify.annotations.NullMarked;
