/** What the providers have done, as it is written to the journal. */
@NullMarked
package shop.checkout.sandbox.fact;

import org.jspecify.annotations.NullMarked;
