/** Charges and refunds over HTTP, to read. */
@NullMarked
package shop.checkout.payment.web;

import org.jspecify.annotations.NullMarked;
