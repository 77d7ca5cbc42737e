package shop.checkout.orchestrator.saga;

/** How one step of a saga stands. */
public enum Phase {
    /** Never asked for. */
    PENDING,
    /** Asked for, not answered. */
    RUNNING,
    DONE,
    /** The participant said no, and did nothing. */
    REFUSED,
    /** The participant had been told to undo it before, so it did nothing. */
    SUPERSEDED,
    /** Asked to be undone, not answered. */
    UNDOING,
    UNDONE;

    /** Whether a reply is awaited. */
    public boolean isAwaiting() {
        return this == RUNNING || this == UNDOING;
    }

    /** Whether the participant may have done something that is still there. */
    public boolean mayHaveEffect() {
        return this == RUNNING || this == DONE || this == UNDOING;
    }
}
