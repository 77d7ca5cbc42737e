package shop.checkout.shipping.pickup;

import shop.checkout.contract.shipping.SchedulePickUp;
import shop.checkout.contract.shipping.SchedulePickUp.Refused;
import shop.checkout.contract.shipping.SchedulePickUp.Scheduled;
import shop.checkout.effect.Receipt;
import shop.checkout.effect.Replies;

final class PickUpReplies implements Replies<SchedulePickUp.Reply> {

    @Override
    public SchedulePickUp.Reply done(Receipt receipt) {
        return new Scheduled(receipt.number());
    }

    @Override
    public SchedulePickUp.Reply refused(String reason) {
        return new Refused(reason);
    }
}
