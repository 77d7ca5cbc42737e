package shop.checkout.payment.charge;

/** Where a charge stands. */
public enum ChargeState {
    /** Asked for; whether the money was taken is not known yet. */
    PENDING,
    /** The money is taken. */
    CHARGED,
    /** The provider refused. */
    DECLINED,
    /** The money, if it was taken, is being given back. */
    REFUNDING,
    /** The money was taken and given back. */
    REFUNDED,
    /** To be given back, but it turned out that no money was taken. */
    VOIDED,
    /** The refund was asked for before the charge, which is refused for ever. */
    BLOCKED
}
