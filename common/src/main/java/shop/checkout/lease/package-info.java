/** Leader election with fencing tokens on PostgreSQL. */
@NullMarked
package shop.checkout.lease;

import org.jspecify.annotations.NullMarked;
