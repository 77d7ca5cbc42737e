/** The handler of docs/tutorial.md, compiled and tested as it stands there. */
@NullMarked
package shop.checkout.inventory.tutorial;

import org.jspecify.annotations.NullMarked;
