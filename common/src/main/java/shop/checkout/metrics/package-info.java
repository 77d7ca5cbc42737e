/** How times are measured that are compared with each other. */
@NullMarked
package shop.checkout.metrics;

import org.jspecify.annotations.NullMarked;
