package shop.checkout.shipping.carrier;

import java.util.Optional;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.InvalidRequest;
import shop.checkout.effect.Outcome;
import shop.checkout.effect.Receipt;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;
import shop.checkout.shipping.carrier.CarrierApi.FoundShipments;
import shop.checkout.shipping.carrier.CarrierApi.Order;
import shop.checkout.shipping.carrier.CarrierApi.Shipment;

/** Hands parcels to the carrier and calls them back. */
final class CarrierGateway implements Counterpart<ParcelRequest> {

    private final CarrierClient carrier;

    CarrierGateway(CarrierClient carrier) {
        this.carrier = carrier;
    }

    @Override
    public Outcome.Definite perform(ParcelRequest request, MessageKey command) throws OutcomeUnknown, InvalidRequest {
        return carrier.make(CarrierApi.SHIPMENTS, Order.of(request, command), command, Shipment.class);
    }

    @Override
    public Optional<Outcome.Definite> find(ParcelRequest request, MessageKey command) throws OutcomeUnknown {
        return carrier.find(CarrierApi.SHIPMENTS, command, FoundShipments.class);
    }

    @Override
    public String reverse(ParcelRequest request, Receipt receipt, MessageKey undo) throws OutcomeUnknown {
        return carrier.cancel(CarrierApi.SHIPMENTS, receipt, undo);
    }
}
