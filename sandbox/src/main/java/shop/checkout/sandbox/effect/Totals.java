package shop.checkout.sandbox.effect;

/** {@link OrderEffects} of all orders together. */
record Totals(
        int orders,
        long captured,
        long refunded,
        int captures,
        int refunds,
        int shipments,
        int cancellations,
        int pickUps,
        int pickUpCancellations) {

    static Totals of(int orders, OrderEffects sum) {
        return new Totals(
                orders,
                sum.captured(),
                sum.refunded(),
                sum.captures(),
                sum.refunds(),
                sum.shipments(),
                sum.cancellations(),
                sum.pickUps(),
                sum.pickUpCancellations());
    }
}
