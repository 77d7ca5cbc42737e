package shop.checkout.payment.gateway;

import java.util.Optional;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;

/**
 * An order's money to be given back.
 *
 * @param amount all that was taken
 * @param capture what is given back; none if there is nothing, so that the request is refused
 */
public record RefundRequest(OrderId orderId, Money amount, Optional<Capture> capture) {

    /**
     * Money that was taken.
     *
     * @param command the name, within the order's saga, of the command that took it
     * @param paymentId the provider's name for it
     */
    public record Capture(String command, String paymentId) {}

    /** @throws IllegalStateException when there is nothing to give back */
    public Capture required() {
        return capture.orElseThrow(
                () -> new IllegalStateException("order " + orderId + " has no money to be given back"));
    }
}
