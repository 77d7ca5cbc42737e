package shop.checkout.orchestrator.saga;

/** What became of a piece of news. */
public enum Verdict {
    /** It changed the saga. */
    APPLIED,
    /** It came late, twice or from elsewhere: noted in the history, nothing else. */
    IGNORED,
    /** It asked for something that is not possible any more: noted in the history, nothing else. */
    REFUSED,
    /** There was nothing to do and nothing to note. */
    NOTHING_DUE
}
