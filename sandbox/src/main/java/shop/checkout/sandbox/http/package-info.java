/** The HTTP edge: requests in, answers out, nothing about payments or parcels. */
@NullMarked
package shop.checkout.sandbox.http;

import org.jspecify.annotations.NullMarked;
