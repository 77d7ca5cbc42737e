package shop.checkout.sandbox.effect;

/**
 * What happened in the outside world for one order.
 *
 * @param order the order id that payment or shipment, or the return id that a pick-up carried; empty for those without one
 * @param captured money taken, in minor units, all currencies added up
 * @param refunded money given back, likewise
 * @param captures how often money was taken: more than one is a double charge
 * @param refunds how often money was given back
 * @param shipments how many parcels were made, cancelled ones included
 * @param cancellations how many of them were cancelled
 * @param pickUps how often something was to be fetched from the customer, cancelled ones included
 * @param pickUpCancellations how many of these were cancelled
 */
public record OrderEffects(
        String order,
        long captured,
        long refunded,
        int captures,
        int refunds,
        int shipments,
        int cancellations,
        int pickUps,
        int pickUpCancellations) {

    public static OrderEffects capture(String order, long amount) {
        return new OrderEffects(order, amount, 0, 1, 0, 0, 0, 0, 0);
    }

    public static OrderEffects refund(String order, long amount) {
        return new OrderEffects(order, 0, amount, 0, 1, 0, 0, 0, 0);
    }

    public static OrderEffects shipment(String order) {
        return new OrderEffects(order, 0, 0, 0, 0, 1, 0, 0, 0);
    }

    public static OrderEffects cancellation(String order) {
        return new OrderEffects(order, 0, 0, 0, 0, 0, 1, 0, 0);
    }

    public static OrderEffects pickUp(String order) {
        return new OrderEffects(order, 0, 0, 0, 0, 0, 0, 1, 0);
    }

    public static OrderEffects pickUpCancellation(String order) {
        return new OrderEffects(order, 0, 0, 0, 0, 0, 0, 0, 1);
    }

    static OrderEffects none(String order) {
        return new OrderEffects(order, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    OrderEffects plus(OrderEffects more) {
        return new OrderEffects(
                order,
                captured + more.captured,
                refunded + more.refunded,
                captures + more.captures,
                refunds + more.refunds,
                shipments + more.shipments,
                cancellations + more.cancellations,
                pickUps + more.pickUps,
                pickUpCancellations + more.pickUpCancellations);
    }
}
