package shop.checkout.orchestrator.checkout;

import java.util.List;
import java.util.Optional;
import shop.checkout.contract.Address;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;

/**
 * What a checkout knows: what the customer asked for, and what the participants have answered so far.
 *
 * @param paymentMethod the payment provider's token; never a card number
 * @param total what the goods cost, by the catalogue; known once they are reserved
 * @param paymentId the payment provider's name for the charge, once it is made
 * @param trackingNumber the carrier's, once the parcel is handed over
 */
public record Checkout(
        OrderId orderId,
        String customerId,
        List<OrderLine> lines,
        String paymentMethod,
        Address address,
        Optional<Money> total,
        Optional<String> paymentId,
        Optional<String> trackingNumber) {

    public Checkout {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("order " + orderId + " must have at least one line");
        }
    }

    /** What a customer has just asked for. */
    public static Checkout of(
            OrderId orderId, String customerId, List<OrderLine> lines, String paymentMethod, Address address) {
        return new Checkout(
                orderId,
                customerId,
                lines,
                paymentMethod,
                address,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    Checkout withTotal(Money newTotal) {
        return new Checkout(
                orderId, customerId, lines, paymentMethod, address, Optional.of(newTotal), paymentId, trackingNumber);
    }

    Checkout withPaymentId(String newPaymentId) {
        return new Checkout(
                orderId, customerId, lines, paymentMethod, address, total, Optional.of(newPaymentId), trackingNumber);
    }

    Checkout withTrackingNumber(String newTrackingNumber) {
        return new Checkout(
                orderId, customerId, lines, paymentMethod, address, total, paymentId, Optional.of(newTrackingNumber));
    }

    Money requireTotal() {
        return total.orElseThrow(() -> new IllegalStateException("order " + orderId + " has no total yet"));
    }
}
