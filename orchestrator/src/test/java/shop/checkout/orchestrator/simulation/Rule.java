package shop.checkout.orchestrator.simulation;

/** What must hold, whatever breaks. */
enum Rule {
    /** A saga ends once, and stays as it ended. */
    ENDS_ONCE,
    /** Whatever was committed to be sent is sent. */
    EVERY_MESSAGE_SENT,
    /** Whatever is sent was committed. */
    NOTHING_SENT_UNCOMMITTED,
    /** Whatever was sent has been handled by those who read it. */
    EVERY_MESSAGE_HANDLED,
    /** However often it comes, a message has one effect. */
    ONE_EFFECT,
    /** The messages of a saga come in the order in which they were committed. */
    IN_ORDER,
    /** Nothing that a participant hears contradicts what it knows. */
    NO_CONTRADICTION,
    /** No step is done before those of the stages before it. */
    DONE_IN_ORDER,
    /** No step is undone while one of a later stage stands. */
    UNDONE_IN_REVERSE,
    /** Nothing is done again after it was undone, nor undone that was not done. */
    NOTHING_AFTER_UNDO,
    /** All is done, or all is undone. */
    ALL_OR_NOTHING,
    /** Among the records that a consumer accepts, leaders follow one another. */
    LEADERS_IN_ORDER,
    /** Something will move each open saga before long, and nothing is left of ended ones. */
    NO_ORPHANS,
    /** When the faults are over, everything ends. */
    LIVENESS
}
