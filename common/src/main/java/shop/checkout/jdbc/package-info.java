/** Many rows in one statement. */
@NullMarked
package shop.checkout.jdbc;

import org.jspecify.annotations.NullMarked;
