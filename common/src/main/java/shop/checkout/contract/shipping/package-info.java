/** What shipping can be asked, and what it answers. */
@NullMarked
package shop.checkout.contract.shipping;

import org.jspecify.annotations.NullMarked;
