/** Stock and reservations: sets goods aside for orders, gives them back or sells them. */
@NullMarked
package shop.checkout.inventory;

import org.jspecify.annotations.NullMarked;
