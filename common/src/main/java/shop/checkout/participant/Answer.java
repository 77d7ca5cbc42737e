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

    static <R> Answer<R> now(R reply) {
        return new Now<>(reply);
    }

    static <R> Answer<R> superseded() {
        return new SupersededByUndo<>();
    }

    static <R> Answer<R> later() {
        return new Later<>();
    }
}
