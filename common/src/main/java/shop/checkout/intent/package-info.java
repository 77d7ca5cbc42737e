/** Remote effects: recorded in one transaction, called outside of any, settled in another. */
@NullMarked
package shop.checkout.intent;

import org.jspecify.annotations.NullMarked;
