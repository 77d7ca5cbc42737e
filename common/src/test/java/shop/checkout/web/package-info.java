/** What a client gets to hear when it errs, and how it walks through lists. */
@NullMarked
package shop.checkout.web;

import org.jspecify.annotations.NullMarked;
