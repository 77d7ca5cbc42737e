package shop.checkout.orchestrator.api;

import java.util.regex.Pattern;

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
