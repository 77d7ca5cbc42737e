package shop.checkout.shipping.shipment;

/** Where a shipment stands. */
public enum ShipmentState {
    /** Asked for; whether the carrier has it is not known yet. */
    PENDING,
    /** The carrier has it. */
    CREATED,
    /** The carrier refused. */
    UNDELIVERABLE,
    /** It is being called back, if the carrier ever had it. */
    CANCELLING,
    /** The carrier had it and gave it back. */
    CANCELLED,
    /** To be called back, but it turned out that the carrier never had it. */
    VOIDED,
    /** The cancellation was asked for before the shipment, which is refused for ever. */
    BLOCKED
}
