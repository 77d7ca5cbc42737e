package shop.checkout.orchestrator.simulation;

import java.time.Instant;
import java.util.Optional;

/** What everything in one simulated run shares. */
record World(
        Scheduler time,
        Chance chance,
        Faults faults,
        Judge judge,
        Counts counts,
        Trace trace,
        Optional<Mutant> mutant) {

    boolean has(Mutant one) {
        return mutant.isPresent() && mutant.get() == one;
    }

    Instant instant() {
        return Instant.ofEpochMilli(time.now());
    }

    void reached(Reached place) {
        counts.reached(place);
    }

    boolean isTraced() {
        return trace.isOn();
    }

    void note(int saga, String text) {
        trace.note(time.now(), saga, text);
    }

    void note(String text) {
        trace.note(time.now(), text);
    }
}
