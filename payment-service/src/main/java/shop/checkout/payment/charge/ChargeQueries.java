package shop.checkout.payment.charge;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.checkout.contract.OrderId;
import shop.checkout.message.MessageKey;

/** Reads charges, refunds and the ledger, as they were committed last. */
@Service
@Transactional(readOnly = true)
public class ChargeQueries {

    /** Those of charges whose money is given back. */
    public static final Set<ChargeState> REFUNDS = EnumSet.of(ChargeState.REFUNDING, ChargeState.REFUNDED);

    /**
     * @param states how many charges are in each state
     * @param totals what was taken and given back, in each currency
     */
    public record Summary(Map<ChargeState, Long> states, List<Total> totals) {}

    /** Amounts are in the currency's smallest unit, such as cents. */
    public record Total(String currency, long captured, long refunded) {}

    private final ChargeRepository charges;
    private final MovementRepository movements;

    ChargeQueries(ChargeRepository charges, MovementRepository movements) {
        this.charges = charges;
        this.movements = movements;
    }

    /** The latest attempt. */
    public Optional<ChargeStatus> charge(OrderId orderId) {
        return charges.findFirstByIdOrderIdOrderByCreatedAtDesc(orderId.value()).map(StoredCharge::status);
    }

    public Optional<ChargeStatus> refund(OrderId orderId) {
        return charges.findFirstByIdOrderIdAndStateInOrderByCreatedAtDesc(orderId.value(), REFUNDS)
                .map(StoredCharge::status);
    }

    /** Every movement of an order's money, oldest first. */
    public List<Movement> ledger(OrderId orderId) {
        return movements.findByOrderIdOrderBySeq(orderId.value()).stream()
                .map(StoredMovement::movement)
                .toList();
    }

    /** The youngest orders' charges first: order ids grow with time. */
    public List<ChargeStatus> youngest(Set<ChargeState> states, int limit) {
        return statuses(charges.youngest(states, Limit.of(limit)));
    }

    /** The next older ones. */
    public List<ChargeStatus> olderThan(MessageKey charge, Set<ChargeState> states, int limit) {
        return statuses(charges.olderThan(charge.sagaId().value(), charge.name(), states, Limit.of(limit)));
    }

    public Summary summary() {
        var states = new EnumMap<ChargeState, Long>(ChargeState.class);
        for (var state : ChargeState.values()) {
            states.put(state, 0L);
        }
        charges.countByState().forEach(it -> states.put(it.state(), it.count()));
        var totals = charges.totals().stream()
                .map(it -> new Total(it.currency(), it.captured(), it.refunded()))
                .toList();
        return new Summary(states, totals);
    }

    private static List<ChargeStatus> statuses(List<StoredCharge> stored) {
        return stored.stream().map(StoredCharge::status).toList();
    }
}
