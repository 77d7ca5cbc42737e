package shop.checkout.payment.charge;

import java.time.Instant;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;

/**
 * A movement of money, as the ledger has it.
 *
 * @param seq grows with each movement of an order
 * @param message the name, within the order's saga, of the message that moved it
 * @param reference the provider's name for it
 */
public record Movement(
        long seq,
        OrderId orderId,
        String message,
        MovementKind kind,
        Money amount,
        String reference,
        Instant recordedAt) {}
