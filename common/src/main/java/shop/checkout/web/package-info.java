/** What every HTTP API here shares: problem details, strict JSON input, keyset pages. */
@NullMarked
package shop.checkout.web;

import org.jspecify.annotations.NullMarked;
