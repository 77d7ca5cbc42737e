/** What is on the shelves, what is set aside for whom, and the commands and events that move it. */
@NullMarked
package shop.checkout.inventory.stock;

import org.jspecify.annotations.NullMarked;
