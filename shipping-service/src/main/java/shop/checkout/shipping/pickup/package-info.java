/** Pick-ups of returned goods: asked for, scheduled, refused or cancelled. */
@NullMarked
package shop.checkout.shipping.pickup;

import org.jspecify.annotations.NullMarked;
