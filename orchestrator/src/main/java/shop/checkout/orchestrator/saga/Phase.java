package shop.checkout.orchestrator.saga;

/** How one step of a saga stands. */
public enum Phase {
    /** Never asked for. */
    PENDING,
    /** To be asked for, but its participant is known not to answer, so it is not asked yet. */
    HELD,
    /** Asked for, not answered. */
    RUNNING,
    DONE,
    /** A person has decided that the saga goes on without it. */
    SKIPPED,
    /** The participant said no, and did nothing. */
    REFUSED,
    /** The participant had been told to undo it before, so it did nothing. */
    SUPERSEDED,
    /** Asked to be undone, not answered. */
    UNDOING,
    /** A person has undone it by hand, and its participant is told to note that, but has not answered. */
    UNDOING_BY_HAND,
    UNDONE;

    /** Whether a reply is awaited. */
    public boolean isAwaiting() {
        return this == RUNNING || this == UNDOING || this == UNDOING_BY_HAND;
    }

    /** Whether time itself moves it. */
    public boolean isTimed() {
        return this == HELD || isAwaiting();
    }

    /** Whether the participant may have done something that is still there. */
    public boolean mayHaveEffect() {
        return this == DONE || isAwaiting();
    }

    /** Whether the saga goes on after it. */
    public boolean isPassed() {
        return this == DONE || this == SKIPPED;
    }
}
