package shop.checkout.sandbox.carrier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.effect.Effects;
import shop.checkout.sandbox.effect.OrderEffects;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.fact.FactLog;
import shop.checkout.sandbox.fact.Ids;

/**
 * Every shipment there is; safe to use from many threads. What it returns is recorded but perhaps not on the disk yet:
 * see {@link FactLog#awaitForced}.
 */
public final class Shipments {

    /** A shipment and what became of it. */
    record Standing(Fact.Shipment shipment, boolean cancelled) {}

    private final FactLog log;
    private final Ids ids;
    private final Effects effects;
    private final Map<String, Fact.Shipment> shipments = new HashMap<>();
    private final Map<String, List<Fact.Shipment>> byReference = new HashMap<>();
    private final Set<String> cancelled = new HashSet<>();

    public Shipments(FactLog log, Ids ids, Effects effects) {
        this.log = log;
        this.ids = ids;
        this.effects = effects;
    }

    /** Takes back a shipment from an earlier run. */
    public synchronized void recall(Fact.Shipment shipment) {
        apply(shipment);
    }

    /** Takes back a cancellation from an earlier run. */
    public synchronized void recall(Fact.Cancellation cancellation) {
        apply(cancellation);
    }

    synchronized Fact ship(String reference, @Nullable Claim claim, boolean answeredWithError) {
        var shipment = new Fact.Shipment(ids.next("shp_"), ids.now(), reference, answeredWithError, claim);
        log.record(shipment);
        apply(shipment);
        return shipment;
    }

    /** Cancels a shipment unless it is cancelled already; none if there is no such shipment. */
    synchronized Optional<Standing> cancel(String id) {
        if (shipments.containsKey(id) && !cancelled.contains(id)) {
            var cancellation = new Fact.Cancellation(id, ids.now());
            log.record(cancellation);
            apply(cancellation);
        }
        return shipment(id);
    }

    synchronized Optional<Standing> shipment(String id) {
        return Optional.ofNullable(shipments.get(id)).map(this::standing);
    }

    /** All shipments with that reference, oldest first; usually one. */
    synchronized List<Standing> of(String reference) {
        return byReference.getOrDefault(reference, List.of()).stream()
                .map(this::standing)
                .toList();
    }

    private Standing standing(Fact.Shipment shipment) {
        return new Standing(shipment, cancelled.contains(shipment.id()));
    }

    private void apply(Fact.Shipment shipment) {
        shipments.put(shipment.id(), shipment);
        byReference.merge(shipment.reference(), List.of(shipment), Shipments::appended);
        effects.add(OrderEffects.shipment(shipment.reference()));
    }

    private void apply(Fact.Cancellation cancellation) {
        var shipment = shipments.get(cancellation.shipment());
        if (shipment == null) {
            throw new IllegalArgumentException("cancellation of a shipment never made: " + cancellation.shipment());
        }
        cancelled.add(shipment.id());
        effects.add(OrderEffects.cancellation(shipment.reference()));
    }

    // nearly every list has one entry
    private static <T> List<T> appended(List<T> some, List<T> more) {
        var all = new ArrayList<T>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
