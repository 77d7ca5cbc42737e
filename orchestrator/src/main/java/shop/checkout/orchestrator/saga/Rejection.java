package shop.checkout.orchestrator.saga;

/**
 * Why a saga goes, or went, back.
 *
 * @param thenAgain whether it sets out again, every step as a new attempt, once nothing is left of the last one
 */
public record Rejection(String reason, boolean thenAgain) {

    static Rejection of(String reason) {
        return new Rejection(reason, false);
    }
}
