package shop.checkout.orchestrator.engine;

/** What became of an {@link OperatorRequest}. */
public sealed interface OperatorOutcome {

    /** It is done, and there is an audit row. */
    record Applied() implements OperatorOutcome {}

    /** The saga does not allow it; its history says so, too. */
    record Refused(String why) implements OperatorOutcome {}

    /** The saga has moved since the person saw it. Nothing was done. */
    record Outdated(long revision) implements OperatorOutcome {}

    /** There is no such saga. */
    record Unknown() implements OperatorOutcome {}
}
