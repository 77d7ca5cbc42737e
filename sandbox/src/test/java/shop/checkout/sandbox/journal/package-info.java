/** The journal against crashes. */
@NullMarked
package shop.checkout.sandbox.journal;

import org.jspecify.annotations.NullMarked;
