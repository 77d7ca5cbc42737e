/** The status page as a browser meets it. */
@NullMarked
package shop.checkout.orchestrator.page;

import org.jspecify.annotations.NullMarked;
