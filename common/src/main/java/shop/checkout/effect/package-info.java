/** Effects in the outside world that can be undone, even while nobody knows whether they happened. */
@NullMarked
package shop.checkout.effect;

import org.jspecify.annotations.NullMarked;
