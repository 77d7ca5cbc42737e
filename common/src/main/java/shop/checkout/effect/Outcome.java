package shop.checkout.effect;

/** What came of a call to the outside world. */
public sealed interface Outcome {

    /** What asking for an effect can lead to. */
    sealed interface Definite extends Outcome {}

    /** It happened, now or at an earlier call with the same key. */
    record Done(Receipt receipt) implements Definite {}

    /** It was refused, and no later call with the same key can change that. */
    record Refused(String reason) implements Definite {}

    /**
     * It had happened and has been undone.
     *
     * @param reversal what the other side calls the undoing
     */
    record Reversed(Receipt receipt, String reversal) implements Outcome {}

    /** Of an undo: there is nothing to undo, and with no further call there never will be. */
    record NeverHappened() implements Outcome {}

    /** Of an undo: the idempotency key is used up by a call that failed; from now on its effect can only be looked up. */
    record KeySpent() implements Outcome {}
}
