/** What inventory can be asked, and what it answers. */
@NullMarked
package shop.checkout.contract.inventory;

import org.jspecify.annotations.NullMarked;
