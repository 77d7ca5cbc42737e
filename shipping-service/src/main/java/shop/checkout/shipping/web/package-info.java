/** Shipments and pick-ups over HTTP, to read. */
@NullMarked
package shop.checkout.shipping.web;

import org.jspecify.annotations.NullMarked;
