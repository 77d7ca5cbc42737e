package shop.checkout.shipping.carrier;

import java.util.List;
import shop.checkout.contract.Address;
import shop.checkout.contract.OrderLine;
import shop.checkout.effect.Receipt;
import shop.checkout.message.MessageKey;

/** What is sent to the carrier, and what comes back. */
final class CarrierApi {

    static final String SHIPMENTS = "/carrier/v1/shipments";
    static final String PICK_UPS = "/carrier/v1/pickups";

    record Order(String reference, Party recipient, List<Item> items) {

        static Order of(ParcelRequest request, MessageKey command) {
            return new Order(referenceOf(command), Party.of(request.address()), Item.of(request.lines()));
        }
    }

    record PickUpOrder(String reference, Party sender, List<Item> items) {

        static PickUpOrder of(PickUpRequest request, MessageKey command) {
            return new PickUpOrder(referenceOf(command), Party.of(request.address()), Item.of(request.lines()));
        }
    }

    /** Whom a parcel goes to or comes from. */
    record Party(String name, String street, String city, String postalCode, String country) {

        static Party of(Address address) {
            return new Party(address.name(), address.street(), address.city(), address.postalCode(), address.country());
        }
    }

    record Item(String sku, int quantity) {

        static List<Item> of(List<OrderLine> lines) {
            return lines.stream()
                    .map(line -> new Item(line.sku().value(), line.quantity()))
                    .toList();
        }
    }

    /** What the carrier has done for us, under the names that it gave it. */
    sealed interface Made {
        Receipt receipt();
    }

    record Shipment(String id, String trackingNumber, String status) implements Made {
        @Override
        public Receipt receipt() {
            return new Receipt(id, trackingNumber);
        }
    }

    record PickUp(String id, String number, String status) implements Made {
        @Override
        public Receipt receipt() {
            return new Receipt(id, number);
        }
    }

    /** What a look-up by reference finds. */
    sealed interface Found {
        List<? extends Made> made();
    }

    record FoundShipments(List<Shipment> shipments) implements Found {
        @Override
        public List<Shipment> made() {
            return shipments;
        }
    }

    record FoundPickUps(List<PickUp> pickUps) implements Found {
        @Override
        public List<PickUp> made() {
            return pickUps;
        }
    }

    record Problem(String code, String detail) {}

    private CarrierApi() {}

    /** The saga's id, which is the order's or the return's, and the number of the attempt unless it is the first. */
    static String referenceOf(MessageKey command) {
        int number = command.name().indexOf('#');
        return command.sagaId() + (number < 0 ? "" : command.name().substring(number));
    }
}
