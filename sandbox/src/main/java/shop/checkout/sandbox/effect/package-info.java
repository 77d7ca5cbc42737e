/** What happened to each order, as evidence for whoever checks that nothing happened twice. */
@NullMarked
package shop.checkout.sandbox.effect;

import org.jspecify.annotations.NullMarked;
