package shop.checkout.launcher;

/** What a part's program is started for. */
enum Purpose {
    /** To serve; with the start cache if there is one. */
    RUN,
    /** To serve in a training run, and to write on the way out what was loaded. */
    RECORD,
    /** To make the start cache of what was written. */
    ASSEMBLE
}
