/** Facts that are found again. */
@NullMarked
package shop.checkout.sandbox.fact;

import org.jspecify.annotations.NullMarked;
