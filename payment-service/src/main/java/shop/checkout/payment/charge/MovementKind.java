package shop.checkout.payment.charge;

/** Which way money went. */
public enum MovementKind {
    /** From the customer to the shop. */
    CAPTURE,
    /** Back to the customer, because the checkout was undone. */
    REFUND,
    /** Back to the customer, because the goods came back. */
    RETURN
}
