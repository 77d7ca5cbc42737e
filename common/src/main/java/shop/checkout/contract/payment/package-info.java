/** What payment can be asked, and what it answers. */
@NullMarked
package shop.checkout.contract.payment;

import org.jspecify.annotations.NullMarked;
