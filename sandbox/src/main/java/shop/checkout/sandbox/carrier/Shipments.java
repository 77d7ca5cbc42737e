package shop.checkout.sandbox.carrier;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.effect.Effects;
import shop.checkout.sandbox.effect.OrderEffects;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.fact.FactIndex;
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
    private final FactIndex<Fact.Shipment> shipments;
    private final FactIndex<Fact.Shipment> byReference;
    private final FactIndex<Fact.Cancellation> cancellations;

    public Shipments(FactLog log, Ids ids, Effects effects) {
        this.log = log;
        this.ids = ids;
        this.effects = effects;
        this.shipments = new FactIndex<>(log, Fact.Shipment.class, shipment -> Optional.of(shipment.id()));
        this.byReference = new FactIndex<>(log, Fact.Shipment.class, shipment -> Optional.of(shipment.reference()));
        this.cancellations =
                new FactIndex<>(log, Fact.Cancellation.class, cancellation -> Optional.of(cancellation.shipment()));
    }

    /** Remembers a shipment that was recorded, in this run or an earlier one. */
    public void remember(Fact.Shipment shipment, long position) {
        shipments.add(shipment, position);
        byReference.add(shipment, position);
        effects.add(OrderEffects.shipment(shipment.reference()));
    }

    /** Remembers a cancellation, likewise; throws {@link IllegalArgumentException} if there is no such shipment. */
    public void remember(Fact.Cancellation cancellation, long position) {
        var shipment = shipments
                .named(cancellation.shipment())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "cancellation of a shipment never made: " + cancellation.shipment()));
        cancellations.add(cancellation, position);
        effects.add(OrderEffects.cancellation(shipment.reference()));
    }

    Fact ship(String reference, @Nullable Claim claim, boolean answeredWithError) {
        var shipment = new Fact.Shipment(ids.next("shp_"), ids.now(), reference, answeredWithError, claim);
        log.record(shipment);
        return shipment;
    }

    /** Cancels a shipment unless it is cancelled already; none if there is no such shipment. */
    synchronized Optional<Standing> cancel(String id) {
        return shipment(id).map(standing -> standing.cancelled() ? standing : cancelled(standing.shipment()));
    }

    Optional<Standing> shipment(String id) {
        return shipments.named(id).findFirst().map(this::standing);
    }

    /** All shipments with that reference, oldest first; usually one. */
    List<Standing> of(String reference) {
        return byReference.named(reference).map(this::standing).toList().reversed();
    }

    private Standing standing(Fact.Shipment shipment) {
        var cancelled = cancellations.named(shipment.id()).findFirst().isPresent();
        return new Standing(shipment, cancelled);
    }

    private Standing cancelled(Fact.Shipment shipment) {
        log.record(new Fact.Cancellation(shipment.id(), ids.now()));
        return new Standing(shipment, true);
    }
}
