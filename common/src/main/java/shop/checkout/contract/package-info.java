/** What the shop's services tell each other about: orders, goods and money. */
@NullMarked
package shop.checkout.contract;

import org.jspecify.annotations.NullMarked;
