/** What every HTTP API here shares: problem details and cursors. */
@NullMarked
package shop.checkout.web;

import org.jspecify.annotations.NullMarked;
