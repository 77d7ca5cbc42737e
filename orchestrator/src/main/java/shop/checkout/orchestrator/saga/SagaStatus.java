package shop.checkout.orchestrator.saga;

/** How a saga stands. */
public enum SagaStatus {
    /** On its way forward. */
    RUNNING,
    /** On its way back: what was done is being undone. */
    COMPENSATING,
    /** Every step is done. Final. */
    COMPLETED,
    /** Nothing is left of any step. Final. */
    REJECTED,
    /** Something has failed for too long, and a person must look. Never final: it goes on trying. */
    NEEDS_ATTENTION;

    public boolean isFinal() {
        return this == COMPLETED || this == REJECTED;
    }
}
