package shop.checkout.orchestrator.simulation;

/** What a replica does at one go. Before and after each it may crash or be stopped for a while. */
enum Work {
    START,
    WISH,
    REPLIES,
    TIMER,
    RELEASE,
    COMMANDS,
    EVENTS,
    PARKED,
    CALL,
    OUTCOME,
    CLAIM,
    PUBLISHING;

    /** Where: of a transaction, before or after its commit; of publishing, after it and before it is confirmed. */
    enum Side {
        BEFORE,
        AFTER
    }
}
