package shop.checkout.sandbox.carrier;

import java.time.Instant;
import java.util.Locale;
import shop.checkout.sandbox.fact.Fact;

/**
 * A shipment as the carrier shows it.
 *
 * @param labelUrl where the label is, on this carrier's own host
 * @param status created or cancelled
 */
record ShipmentJson(
        String id, String reference, String trackingNumber, String labelUrl, String status, Instant createdAt) {

    private static final String CREATED = "created";
    private static final String CANCELLED = "cancelled";

    static ShipmentJson created(Fact.Shipment shipment, String host) {
        return of(shipment, CREATED, host);
    }

    static ShipmentJson now(Shipments.Standing standing, String host) {
        return of(standing.shipment(), standing.cancelled() ? CANCELLED : CREATED, host);
    }

    private static ShipmentJson of(Fact.Shipment shipment, String status, String host) {
        var id = shipment.id();
        var trackingNumber = "SBX" + id.substring(id.indexOf('_') + 1).toUpperCase(Locale.ROOT);
        return new ShipmentJson(
                id,
                shipment.reference(),
                trackingNumber,
                host + ShipmentsApi.PATH + "/" + id + "/label",
                status,
                shipment.created());
    }
}
