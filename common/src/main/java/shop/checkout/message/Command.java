package shop.checkout.message;

/**
 * Something a saga asks a participant to do.
 *
 * <p>A command names its replies, so that sender and handler are checked by one type. It carries all that is needed to act
 * on it, because no earlier reply may be assumed to have arrived.
 *
 * @param <R> what the participant may answer: a sealed interface of records, or {@link Undone}
 */
@SuppressWarnings("unused") // R pairs a command with its replies at compile time
public interface Command<R> {}
