/** What a run has left behind, and whether it is what the guarantees allow. Pure: knows neither SQL nor Kafka nor HTTP. */
@NullMarked
package shop.checkout.e2e.guarantee;

import org.jspecify.annotations.NullMarked;
