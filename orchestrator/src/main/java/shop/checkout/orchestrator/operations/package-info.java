/** For those who run the shop: every saga in full, what may be done about it, and who has done what. */
@NullMarked
package shop.checkout.orchestrator.operations;

import org.jspecify.annotations.NullMarked;
