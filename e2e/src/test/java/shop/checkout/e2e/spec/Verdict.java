package shop.checkout.e2e.spec;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What TLC has found. */
record Verdict(String output) {

    private static final Pattern STATES =
            Pattern.compile("^\\d+ states generated, (\\d+) distinct states found", Pattern.MULTILINE);
    private static final Pattern VIOLATED =
            Pattern.compile("^Error: (?:Invariant|Action property) (\\w+) is violated", Pattern.MULTILINE);
    /** Of a liveness property TLC does not say the name. */
    private static final String SOME_PROPERTY = "Error: Temporal properties were violated.";

    boolean isClean() {
        return output.contains("Model checking completed. No error has been found.");
    }

    /**
     * The invariants and properties that were found violated.
     *
     * @param properties those that were checked; all of them are named when one of them, nobody knows which, is violated
     */
    List<String> violated(List<String> properties) {
        return output.contains(SOME_PROPERTY)
                ? properties
                : VIOLATED.matcher(output)
                        .results()
                        .map(match -> match.group(1))
                        .distinct()
                        .toList();
    }

    OptionalLong distinctStates() {
        return STATES.matcher(output)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .findFirst();
    }
}
