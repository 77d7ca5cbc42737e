package shop.checkout.shipping.shipment;

import shop.checkout.contract.shipping.CreateShipment;
import shop.checkout.contract.shipping.CreateShipment.Shipped;
import shop.checkout.contract.shipping.CreateShipment.Undeliverable;
import shop.checkout.effect.Receipt;
import shop.checkout.effect.Replies;

final class ShipmentReplies implements Replies<CreateShipment.Reply> {

    @Override
    public CreateShipment.Reply done(Receipt receipt) {
        return new Shipped(receipt.number());
    }

    @Override
    public CreateShipment.Reply refused(String reason) {
        return new Undeliverable(reason);
    }
}
