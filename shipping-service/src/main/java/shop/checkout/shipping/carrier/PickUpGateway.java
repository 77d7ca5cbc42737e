package shop.checkout.shipping.carrier;

import java.util.Optional;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.InvalidRequest;
import shop.checkout.effect.Outcome;
import shop.checkout.effect.Receipt;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;
import shop.checkout.shipping.carrier.CarrierApi.FoundPickUps;
import shop.checkout.shipping.carrier.CarrierApi.PickUp;
import shop.checkout.shipping.carrier.CarrierApi.PickUpOrder;

/** Has the carrier fetch goods from customers, or not after all. */
final class PickUpGateway implements Counterpart<PickUpRequest> {

    private final CarrierClient carrier;

    PickUpGateway(CarrierClient carrier) {
        this.carrier = carrier;
    }

    @Override
    public Outcome.Definite perform(PickUpRequest request, MessageKey command) throws OutcomeUnknown, InvalidRequest {
        return carrier.make(CarrierApi.PICK_UPS, PickUpOrder.of(request, command), command, PickUp.class);
    }

    @Override
    public Optional<Outcome.Definite> find(PickUpRequest request, MessageKey command) throws OutcomeUnknown {
        return carrier.find(CarrierApi.PICK_UPS, command, FoundPickUps.class);
    }

    @Override
    public String reverse(PickUpRequest request, Receipt receipt, MessageKey undo) throws OutcomeUnknown {
        return carrier.cancel(CarrierApi.PICK_UPS, receipt, undo);
    }
}
