package shop.checkout.e2e.guarantee;

/**
 * A guarantee that was broken.
 *
 * @param rule its number, such as {@code G1}
 * @param sentence what was found, with the ids to look for
 */
public record Violation(String rule, String sentence) {
    @Override
    public String toString() {
        return rule + ": " + sentence;
    }
}
