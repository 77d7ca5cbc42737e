package shop.checkout.payment.charge;

import java.util.stream.Stream;
import shop.checkout.contract.Money;
import shop.checkout.effect.Change;
import shop.checkout.effect.Receipt;
import shop.checkout.message.MessageKey;
import shop.checkout.payment.gateway.PaymentRequest;

/** A movement of money that is to be written down. */
record LedgerRow(MessageKey message, MovementKind kind, Money amount, String reference) {

    /** The movements that a change brought to light, in their order. */
    static Stream<LedgerRow> of(Change<PaymentRequest> change) {
        var command = change.after().command();
        return Stream.concat(
                change.happened().map(Receipt::id).stream()
                        .map(payment -> new LedgerRow(command, MovementKind.CAPTURE, amount(change), payment)),
                change.reversed().stream()
                        .map(refund -> new LedgerRow(command.undo(), MovementKind.REFUND, amount(change), refund)));
    }

    private static Money amount(Change<PaymentRequest> change) {
        return change.after().wanted().amount();
    }
}
