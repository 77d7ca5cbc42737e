package shop.checkout.inventory.stock;

/**
 * Where an order stands, and in which attempt of its saga: from 1. A later attempt begins anew, once the one before is undone;
 * from then on the earlier one is settled for good.
 */
record Standing(int attempt, Reservation reservation) {

    static Standing first(Reservation reservation) {
        return new Standing(1, reservation);
    }

    Standing moved(Reservation to) {
        return new Standing(attempt, to);
    }

    /** Whether nothing of this attempt is left. */
    boolean isUndone() {
        return switch (reservation) {
            case Reservation.Released _, Reservation.Refused _, Reservation.Blocked _ -> true;
            case Reservation.Reserved _, Reservation.Sold _, Reservation.Returned _ -> false;
        };
    }
}
