/** Charges: money asked for, taken, refused or given back. */
@NullMarked
package shop.checkout.payment.charge;

import org.jspecify.annotations.NullMarked;
