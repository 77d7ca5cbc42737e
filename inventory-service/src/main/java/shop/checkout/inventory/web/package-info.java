/** Read-only HTTP API of stock and reservations. */
@NullMarked
package shop.checkout.inventory.web;

import org.jspecify.annotations.NullMarked;
