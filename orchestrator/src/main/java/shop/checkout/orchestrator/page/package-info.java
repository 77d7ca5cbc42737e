/** The status page: checkouts and their steps, live. */
@NullMarked
package shop.checkout.orchestrator.page;

import org.jspecify.annotations.NullMarked;
