/** The servers that integration tests run on. */
@NullMarked
package shop.checkout.servers;

import org.jspecify.annotations.NullMarked;
