package shop.checkout.orchestrator.saga;

/**
 * What a participant's reply means to the saga.
 *
 * @param <S> the saga's data
 */
public sealed interface Decision<S> {

    /** The step is done; the saga goes on with this data. */
    static <S> Decision<S> proceed(S data) {
        return new Proceed<>(data);
    }

    /** The participant refused and did nothing: everything done so far is undone, and this is why. */
    static <S> Decision<S> abort(String reason) {
        return new Abort<>(reason);
    }

    record Proceed<S>(S data) implements Decision<S> {}

    record Abort<S>(String reason) implements Decision<S> {}
}
