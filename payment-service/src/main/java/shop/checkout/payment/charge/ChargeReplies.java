package shop.checkout.payment.charge;

import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.contract.payment.ChargePayment.Charged;
import shop.checkout.contract.payment.ChargePayment.Declined;
import shop.checkout.effect.Receipt;
import shop.checkout.effect.Replies;

final class ChargeReplies implements Replies<ChargePayment.Reply> {

    @Override
    public ChargePayment.Reply done(Receipt receipt) {
        return new Charged(receipt.id());
    }

    @Override
    public ChargePayment.Reply refused(String reason) {
        return new Declined(reason);
    }
}
