package shop.checkout.web;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a text in a request may look like. Lengths count characters as people do (code points). */
public record JsonText(int maxLength, Optional<Pattern> form, String expectation) {

    /** Anything readable: not blank, no control characters. */
    public static JsonText upTo(int maxLength) {
        return new JsonText(maxLength, Optional.empty(), "must be a text of 1 to " + maxLength + " characters");
    }

    /** @param expectation what the form is, as in "must be …" */
    public static JsonText matching(String form, int maxLength, String expectation) {
        return new JsonText(maxLength, Optional.of(Pattern.compile(form)), "must be " + expectation);
    }

    /** What is wrong with the text, if anything; does not repeat it. */
    Optional<String> flaw(String text) {
        if (text.isBlank() || text.codePointCount(0, text.length()) > maxLength) {
            return Optional.of(expectation);
        }
        if (text.codePoints().anyMatch(JsonText::isUnreadable)) {
            return Optional.of("must not contain control characters or halves of characters");
        }
        return form.filter(it -> !it.matcher(text).matches()).map(it -> expectation);
    }

    /** The database refuses NUL and unpaired surrogates; the rest has no business in a name either. */
    private static boolean isUnreadable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
