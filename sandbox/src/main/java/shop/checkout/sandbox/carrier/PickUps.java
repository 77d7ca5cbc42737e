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

/** Every pick-up there is; what is said of {@link Shipments} holds here, too. */
public final class PickUps {

    /** A pick-up and what became of it. */
    record Standing(Fact.PickUp pickUp, boolean cancelled) {}

    private final FactLog log;
    private final Ids ids;
    private final Effects effects;
    private final FactIndex<Fact.PickUp> pickUps;
    private final FactIndex<Fact.PickUp> byReference;
    private final FactIndex<Fact.PickUpCancellation> cancellations;

    public PickUps(FactLog log, Ids ids, Effects effects) {
        this.log = log;
        this.ids = ids;
        this.effects = effects;
        this.pickUps = new FactIndex<>(log, Fact.PickUp.class, pickUp -> Optional.of(pickUp.id()));
        this.byReference = new FactIndex<>(log, Fact.PickUp.class, pickUp -> Optional.of(pickUp.reference()));
        this.cancellations =
                new FactIndex<>(log, Fact.PickUpCancellation.class, cancelled -> Optional.of(cancelled.pickUp()));
    }

    /** Remembers a pick-up that was recorded, in this run or an earlier one. */
    public void remember(Fact.PickUp pickUp, long position) {
        pickUps.add(pickUp, position);
        byReference.add(pickUp, position);
        effects.add(OrderEffects.pickUp(pickUp.reference()));
    }

    /** Remembers a cancellation, likewise; throws {@link IllegalArgumentException} if there is no such pick-up. */
    public void remember(Fact.PickUpCancellation cancellation, long position) {
        var pickUp = pickUps.named(cancellation.pickUp())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "cancellation of a pick-up never scheduled: " + cancellation.pickUp()));
        cancellations.add(cancellation, position);
        effects.add(OrderEffects.pickUpCancellation(pickUp.reference()));
    }

    Fact schedule(String reference, @Nullable Claim claim, boolean answeredWithError) {
        var pickUp = new Fact.PickUp(ids.next("pup_"), ids.now(), reference, answeredWithError, claim);
        log.record(pickUp);
        return pickUp;
    }

    /** Cancels a pick-up unless it is cancelled already; none if there is no such pick-up. */
    synchronized Optional<Standing> cancel(String id) {
        return pickUp(id).map(standing -> standing.cancelled() ? standing : cancelled(standing.pickUp()));
    }

    Optional<Standing> pickUp(String id) {
        return pickUps.named(id).findFirst().map(this::standing);
    }

    /** All pick-ups with that reference, oldest first; usually one. */
    List<Standing> of(String reference) {
        return byReference.named(reference).map(this::standing).toList().reversed();
    }

    private Standing standing(Fact.PickUp pickUp) {
        return new Standing(pickUp, cancellations.named(pickUp.id()).findFirst().isPresent());
    }

    private Standing cancelled(Fact.PickUp pickUp) {
        log.record(new Fact.PickUpCancellation(pickUp.id(), ids.now()));
        return new Standing(pickUp, true);
    }
}
