package shop.checkout.sandbox.carrier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the carrier by {@code POST /carrier/v1/pickups}; unknown fields are refused.
 *
 * @param reference what the shop calls the pick-up: the id of the return
 * @param items what is to be fetched; may be absent
 */
record PickUpRequest(
        String reference, Sender sender, @Nullable List<ShipmentRequest.Item> items) {

    /** From whom. */
    record Sender(String name, String street, String city, String postalCode, String country) {
        Sender {
            ShipmentRequest.required("sender.name", name);
            ShipmentRequest.required("sender.street", street);
            ShipmentRequest.required("sender.city", city);
            ShipmentRequest.required("sender.postalCode", postalCode);
            ShipmentRequest.required("sender.country", country);
        }
    }

    PickUpRequest {
        ShipmentRequest.required("reference", reference);
        if (sender == null) {
            throw new IllegalArgumentException("sender is missing");
        }
        items = items == null ? null : List.copyOf(items);
    }
}
