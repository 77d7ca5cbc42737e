package shop.checkout.sandbox.carrier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the carrier by {@code POST /carrier/v1/shipments}; unknown fields are refused.
 *
 * @param reference what the shop calls the shipment: the order id
 * @param items what is in it; may be absent
 * @param parcels how it is packed; may be absent
 */
record ShipmentRequest(
        String reference,
        Recipient recipient,
        @Nullable List<Item> items,
        @Nullable List<Parcel> parcels) {

    record Recipient(String name, String street, String city, String postalCode, String country) {
        Recipient {
            ShipmentRequest.required("recipient.name", name);
            ShipmentRequest.required("recipient.street", street);
            ShipmentRequest.required("recipient.city", city);
            ShipmentRequest.required("recipient.postalCode", postalCode);
            ShipmentRequest.required("recipient.country", country);
            if (!country.matches("[A-Z]{2}")) {
                throw new IllegalArgumentException("recipient.country must be two capital letters, not " + country);
            }
        }
    }

    record Item(String sku, int quantity) {
        Item {
            ShipmentRequest.required("items.sku", sku);
            if (quantity < 1) {
                throw new IllegalArgumentException("items.quantity must be at least 1, not " + quantity);
            }
        }
    }

    record Parcel(int weightGrams) {
        Parcel {
            if (weightGrams < 1) {
                throw new IllegalArgumentException("parcels.weightGrams must be at least 1, not " + weightGrams);
            }
        }
    }

    private static final int LONGEST = 200;

    ShipmentRequest {
        required("reference", reference);
        if (recipient == null) {
            throw new IllegalArgumentException("recipient is missing");
        }
        items = items == null ? null : List.copyOf(items);
        parcels = parcels == null ? null : List.copyOf(parcels);
    }

    // Jackson leaves an absent text null
    static void required(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(name + " is longer than " + LONGEST + " characters");
        }
    }
}
