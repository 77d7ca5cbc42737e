package shop.checkout.participant;

/**
 * What a handler answers to a command.
 *
 * @param <R> the replies of the command
 */
public sealed interface Answer<R> {

    /** Answered at once. */
    record Now<R>(R reply) implements Answer<R> {}

    /** The command's compensation came first: nothing was done, and nothing will be. */
    record SupersededByUndo<R>() implements Answer<R> {}

    /** The outside world must be asked first; what to ask is recorded, and its outcome will answer the command. */
    record Later<R>() implements Answer<R> {}

    /** It cannot be acted on at this moment, through no fault of its own, and nothing was changed: it is tried again soon. */
    record NotYet<R>(String reason) implements Answer<R> {}

    static <R> Answer<R> now(R reply) {
        return new Now<>(reply);
    }

    static <R> Answer<R> superseded() {
        return new SupersededByUndo<>();
    }

    static <R> Answer<R> later() {
        return new Later<>();
    }

    /** @param reason for people, with the ids that lead to it */
    static <R> Answer<R> notYet(String reason) {
        return new NotYet<>(reason);
    }
}
