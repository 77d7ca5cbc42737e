/** Shipments: asked for, under way, refused or called back. */
@NullMarked
package shop.checkout.shipping.shipment;

import org.jspecify.annotations.NullMarked;
