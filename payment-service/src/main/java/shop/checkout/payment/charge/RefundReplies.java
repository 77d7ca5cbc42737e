package shop.checkout.payment.charge;

import shop.checkout.contract.payment.RefundReturn;
import shop.checkout.contract.payment.RefundReturn.Refunded;
import shop.checkout.contract.payment.RefundReturn.Refused;
import shop.checkout.effect.Receipt;
import shop.checkout.effect.Replies;

final class RefundReplies implements Replies<RefundReturn.Reply> {

    @Override
    public RefundReturn.Reply done(Receipt receipt) {
        return new Refunded(receipt.id());
    }

    @Override
    public RefundReturn.Reply refused(String reason) {
        return new Refused(reason);
    }
}
