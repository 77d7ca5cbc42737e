package shop.checkout.orchestrator.engine;

/** What became of a wish to cancel a saga. */
public enum Cancellation {
    /** It is being undone, or is undone already. */
    ACCEPTED,
    /** It is completed or past the point of no return. */
    TOO_LATE,
    /** There is no such saga. */
    UNKNOWN
}
