package shop.checkout.orchestrator.saga;

/** What may become of a step once its command is written. */
public enum StepKind {
    /** Can be undone. Refused or unanswered for too long, it ends the saga. */
    COMPENSATABLE,
    /** The point of no return: only its explicit refusal ends the saga; unanswered, it is asked again for ever. */
    PIVOT,
    /** Comes after the pivot. It cannot be refused, and is asked again for ever. */
    RETRIABLE
}
