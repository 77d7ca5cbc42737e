package shop.checkout.sandbox.effect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The effects of every order; safe to use from many threads. */
public final class Effects {

    private final Map<String, OrderEffects> byOrder = new HashMap<>();
    private OrderEffects sum = OrderEffects.none("");

    /** Adds what has just happened. */
    public synchronized void add(OrderEffects effects) {
        byOrder.merge(effects.order(), effects, OrderEffects::plus);
        sum = sum.plus(effects);
    }

    synchronized Optional<OrderEffects> of(String order) {
        return Optional.ofNullable(byOrder.get(order));
    }

    /** All orders as they are at this moment, in no particular order. */
    synchronized List<OrderEffects> all() {
        return new ArrayList<>(byOrder.values());
    }

    synchronized Totals totals() {
        return Totals.of(byOrder.size(), sum);
    }
}
