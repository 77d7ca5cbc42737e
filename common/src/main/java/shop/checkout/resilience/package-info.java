/** Full-jitter backoff, circuit breaker, bulkhead: how remote calls fail well. */
@NullMarked
package shop.checkout.resilience;

import org.jspecify.annotations.NullMarked;
