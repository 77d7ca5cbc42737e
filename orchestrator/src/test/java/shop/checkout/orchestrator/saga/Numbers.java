package shop.checkout.orchestrator.saga;

import java.util.HashMap;
import java.util.Map;

/** Short names for values: equal ones have the same. */
final class Numbers {

    private static final char FIRST = 'A';

    private final Map<Object, Character> numbers = new HashMap<>();

    char of(Object value) {
        return numbers.computeIfAbsent(value, _ -> (char) (FIRST + numbers.size()));
    }
}
