package shop.checkout.orchestrator.saga;

import java.util.Optional;
import java.util.function.Supplier;

/** What happened, one thing after another; told only if somebody asks. */
record Script(Optional<Script> before, Supplier<String> what) {

    @Override
    public String toString() {
        var lines = new StringBuilder();
        for (var last = Optional.of(this); last.isPresent(); last = last.get().before) {
            lines.insert(0, "\n  " + last.get().what.get());
        }
        return lines.toString();
    }
}
