package shop.checkout.orchestrator.tutorial;

import java.util.Optional;
import shop.checkout.contract.Address;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;

/** What a voucher's saga knows: what the customer asked for, and what the participants have answered so far. */
public record Voucher(
        OrderId orderId, String paymentMethod, Money value, Address address, Optional<String> trackingNumber) {

    Voucher sentAs(String number) {
        return new Voucher(orderId, paymentMethod, value, address, Optional.of(number));
    }
}
