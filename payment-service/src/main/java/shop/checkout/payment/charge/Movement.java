package shop.checkout.payment.charge;

import java.time.Instant;
import java.util.Optional;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;

/**
 * A movement of money, as the ledger has it.
 *
 * @param seq grows with each movement of an order
 * @param message the name, within the order's saga or the return's, of the message that moved it
 * @param returnId of a refund because goods came back
 * @param reference the provider's name for it
 */
public record Movement(
        long seq,
        OrderId orderId,
        String message,
        Optional<ReturnId> returnId,
        MovementKind kind,
        Money amount,
        String reference,
        Instant recordedAt) {}
