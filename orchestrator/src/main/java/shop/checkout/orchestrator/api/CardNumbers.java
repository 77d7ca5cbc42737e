package shop.checkout.orchestrator.api;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import shop.checkout.web.InvalidField;
import shop.checkout.web.ProblemException;

/** Recognizes card numbers, which must never enter this system. */
final class CardNumbers {

    /** 13 to 19 digits (ISO/IEC 7812), as people group them. */
    private static final Pattern CANDIDATE = Pattern.compile("(?<!\\d)\\d(?:[ .-]?\\d){12,18}(?!\\d)");

    private CardNumbers() {}

    static boolean isIn(String text) {
        return CANDIDATE
                .matcher(text)
                .results()
                .anyMatch(candidate -> passesLuhn(candidate.group().replaceAll("\\D", "")));
    }

    /** What to say where one was found. */
    static ProblemException refusal(String pointer, String expectation) {
        return ProblemException.of(
                        HttpStatus.BAD_REQUEST,
                        "card-number-refused",
                        "This looks like a card number, which must not be sent here. It was not stored. Give it to the payment provider and send the token.")
                .withErrors(List.of(new InvalidField(pointer, expectation)));
    }

    private static boolean passesLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit : 2 * digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }
}
