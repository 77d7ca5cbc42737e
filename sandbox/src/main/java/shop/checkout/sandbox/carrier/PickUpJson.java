package shop.checkout.sandbox.carrier;

import java.time.Instant;
import java.util.Locale;
import shop.checkout.sandbox.fact.Fact;

/**
 * A pick-up as the carrier shows it.
 *
 * @param number what the customer is told
 * @param status scheduled or cancelled
 */
record PickUpJson(String id, String reference, String number, String status, Instant createdAt) {

    static PickUpJson scheduled(Fact.PickUp pickUp) {
        return of(pickUp, "scheduled");
    }

    static PickUpJson now(PickUps.Standing standing) {
        return standing.cancelled() ? of(standing.pickUp(), "cancelled") : scheduled(standing.pickUp());
    }

    private static PickUpJson of(Fact.PickUp pickUp, String status) {
        var number = "SBP" + pickUp.id().substring(pickUp.id().indexOf('_') + 1).toUpperCase(Locale.ROOT);
        return new PickUpJson(pickUp.id(), pickUp.reference(), number, status, pickUp.created());
    }
}
