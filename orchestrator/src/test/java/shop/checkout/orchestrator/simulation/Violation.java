package shop.checkout.orchestrator.simulation;

/** A rule was broken. */
final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final Rule rule;
    private final int saga;

    Violation(Rule rule, int saga, String what) {
        super(rule + ": " + what);
        this.rule = rule;
        this.saga = saga;
    }

    Violation(Violation found, String story) {
        super(found.getMessage() + story, found);
        this.rule = found.rule;
        this.saga = found.saga;
    }

    /** Of all that it tells. */
    int length() {
        return String.valueOf(getMessage()).length();
    }

    Rule rule() {
        return rule;
    }

    int saga() {
        return saga;
    }
}
