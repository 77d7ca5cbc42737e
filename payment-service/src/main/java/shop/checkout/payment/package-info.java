/** The payment service: takes money for orders, and gives it back. */
@NullMarked
package shop.checkout.payment;

import org.jspecify.annotations.NullMarked;
