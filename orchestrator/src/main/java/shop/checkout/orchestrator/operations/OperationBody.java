package shop.checkout.orchestrator.operations;

import java.util.Optional;
import shop.checkout.orchestrator.saga.Operation;
import shop.checkout.web.JsonInput;
import shop.checkout.web.JsonText;

/**
 * What a person asks for.
 *
 * @param operator who it is; taken on trust until the API is secured
 * @param reason why, for the audit and the saga's history
 */
record OperationBody(Optional<Operation> operation, String operator, String reason) {

    private static final JsonText WHAT = JsonText.matching(
            "retry|mark-undone|skip|compensate|go-forward", 20, "retry, mark-undone, skip, compensate or go-forward");
    private static final JsonText STEP =
            JsonText.matching("[a-z][a-z0-9]*(-[a-z0-9]+)*", 100, "the name of one of the saga's steps");
    private static final JsonText OPERATOR =
            JsonText.matching("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}", 64, "1 to 64 letters, digits or . _ @ -");

    static OperationBody read(JsonInput json) {
        var what = json.text("operation", WHAT);
        return new OperationBody(
                operation(what, json), json.text("operator", OPERATOR), json.text("reason", JsonText.upTo(500)));
    }

    /** Empty when its name is not one, which has been noted as a flaw. */
    private static Optional<Operation> operation(String what, JsonInput json) {
        return switch (what) {
            case "retry" -> Optional.of(new Operation.Retry());
            case "mark-undone" -> Optional.of(new Operation.MarkUndone(json.text("step", STEP)));
            case "skip" -> Optional.of(new Operation.Skip(json.text("step", STEP)));
            case "compensate" -> Optional.of(new Operation.Compensate());
            case "go-forward" -> Optional.of(new Operation.GoForward());
            default -> Optional.empty();
        };
    }
}
