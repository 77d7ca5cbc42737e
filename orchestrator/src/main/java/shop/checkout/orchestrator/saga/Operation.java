package shop.checkout.orchestrator.saga;

import java.util.Optional;

/** What a person may do about a saga. None of them ends a saga: each only decides how it goes on. */
public sealed interface Operation {

    /** What people call it. */
    default String label() {
        return switch (this) {
            case Retry _ -> "retry";
            case MarkUndone _ -> "mark-undone";
            case Skip _ -> "skip";
            case Compensate _ -> "compensate";
            case GoForward _ -> "go-forward";
        };
    }

    /** The step that it is about, if it is about one. */
    default Optional<String> ofStep() {
        return switch (this) {
            case MarkUndone(var step) -> Optional.of(step);
            case Skip(var step) -> Optional.of(step);
            case Retry _, Compensate _, GoForward _ -> Optional.empty();
        };
    }

    /** Asks at once again for all that is awaited, with a budget as at first. Keys stay: nothing is done twice. */
    record Retry() implements Operation {}

    /**
     * States that a step whose undo keeps failing has been undone by hand. Its participant is told to write that down, and
     * the saga waits for the answer. Only for an undo whose budget is spent, of a step that is known to have been done: what may
     * still happen cannot have been undone by hand.
     */
    record MarkUndone(String step) implements Operation {}

    /** Lets the saga go on without a retriable step. Only for one whose budget is spent. */
    record Skip(String step) implements Operation {}

    /** Undoes a saga that has not passed its pivot. */
    record Compensate() implements Operation {}

    /** Has a saga that is being undone set out again once nothing is left, every step as a new attempt. */
    record GoForward() implements Operation {}
}
