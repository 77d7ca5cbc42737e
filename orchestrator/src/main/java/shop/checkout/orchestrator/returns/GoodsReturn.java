package shop.checkout.orchestrator.returns;

import java.util.List;
import java.util.Optional;
import shop.checkout.contract.Address;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.ReturnId;

/**
 * What a return knows: the order, all of which comes back, and what the participants have answered so far.
 *
 * @param total what was paid for the order, all of which is given back
 * @param address where the goods are to be fetched
 * @param reason why the customer does not want them, in the customer's words
 * @param pickUpNumber the carrier's, once it is to come
 * @param refundId the payment provider's name for the refund, once it is made
 */
public record GoodsReturn(
        ReturnId returnId,
        OrderId orderId,
        List<OrderLine> lines,
        Money total,
        Address address,
        String reason,
        Optional<String> pickUpNumber,
        Optional<String> refundId) {

    public GoodsReturn {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("return " + returnId + " must have at least one line");
        }
    }

    /** What a customer has just asked for, about an order as it was completed. */
    public static GoodsReturn of(
            ReturnId returnId, OrderId orderId, List<OrderLine> lines, Money total, Address address, String reason) {
        return new GoodsReturn(returnId, orderId, lines, total, address, reason, Optional.empty(), Optional.empty());
    }

    GoodsReturn withPickUpNumber(String newPickUpNumber) {
        return new GoodsReturn(
                returnId, orderId, lines, total, address, reason, Optional.of(newPickUpNumber), refundId);
    }

    GoodsReturn withRefundId(String newRefundId) {
        return new GoodsReturn(
                returnId, orderId, lines, total, address, reason, pickUpNumber, Optional.of(newRefundId));
    }

    /** Keeps personal data out of logs. */
    @Override
    public String toString() {
        return "GoodsReturn[" + returnId + " of " + orderId + "]";
    }
}
