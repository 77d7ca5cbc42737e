package shop.checkout.shipping.pickup;

import shop.checkout.effect.EffectState;

/** Where a pick-up stands. */
public enum PickUpState {
    /** Asked for; whether the carrier will come is not known yet. */
    PENDING,
    /** The carrier will come. */
    SCHEDULED,
    /** The carrier does not come there. */
    REFUSED,
    /** It is being cancelled, if it was ever scheduled. */
    CANCELLING,
    /** It was scheduled and cancelled. */
    CANCELLED,
    /** To be cancelled, but it turned out that it was never scheduled. */
    VOIDED,
    /** The cancellation was asked for before the pick-up, which is refused for ever. */
    BLOCKED;

    static PickUpState of(EffectState state) {
        return switch (state) {
            case PENDING -> PENDING;
            case DONE -> SCHEDULED;
            case REFUSED -> REFUSED;
            case UNDOING -> CANCELLING;
            case REVERSED -> CANCELLED;
            case VOIDED -> VOIDED;
            case BLOCKED -> BLOCKED;
        };
    }
}
