package shop.checkout.shipping.carrier;

import java.util.List;
import shop.checkout.contract.Address;
import shop.checkout.message.MessageKey;

/** What is sent to the carrier, and what comes back. */
final class CarrierApi {

    static final String SHIPMENTS = "/carrier/v1/shipments";

    record Order(String reference, Recipient recipient, List<Item> items) {

        static Order of(ParcelRequest request, MessageKey command) {
            var items = request.lines().stream()
                    .map(line -> new Item(line.sku().value(), line.quantity()))
                    .toList();
            return new Order(referenceOf(command), Recipient.of(request.address()), items);
        }
    }

    record Recipient(String name, String street, String city, String postalCode, String country) {

        static Recipient of(Address to) {
            return new Recipient(to.name(), to.street(), to.city(), to.postalCode(), to.country());
        }
    }

    record Item(String sku, int quantity) {}

    record Shipment(String id, String trackingNumber, String status) {}

    record Found(List<Shipment> shipments) {}

    record Problem(String code, String detail) {}

    private CarrierApi() {}

    /** The order id, and the number of the attempt unless it is the first. */
    static String referenceOf(MessageKey command) {
        int number = command.name().indexOf('#');
        return command.sagaId() + (number < 0 ? "" : command.name().substring(number));
    }
}
