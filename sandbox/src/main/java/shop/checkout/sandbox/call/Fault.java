package shop.checkout.sandbox.call;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a call is to fail. */
public sealed interface Fault {

    /** It does not. */
    record None() implements Fault {}

    /** The first try of a key (or order) is answered with this status; nothing is done and nothing stored. */
    record ErrorOnce(int status) implements Fault {}

    /** Nothing is done, the answer is 500, and that answer is stored: the key will never get another one. */
    record ErrorStored() implements Fault {}

    /** It is done, but the answer is 500, and that answer is stored. */
    record ErrorAfterSuccess() implements Fault {}

    /** It is done after a while; the key is in use until then. */
    record Slow(Duration time) implements Fault {}

    /** It is done at once and the answer comes late, as if the network had lost it; a second try is answered at once. */
    record LateAnswer(Duration late) implements Fault {}

    Fault NONE = new None();

    /** Longer than any sane client waits. */
    Duration LATE = Duration.ofSeconds(30);

    /**
     * Reads the name of a fault: {@code error500_once}, {@code error429_once}, {@code error500},
     * {@code error500_after_success}, {@code slow_<millis>}, {@code timeout_after_success}; none if it is no such name.
     */
    static Optional<Fault> named(String name) {
        return switch (name) {
            case "error500_once" -> Optional.of(new ErrorOnce(500));
            case "error429_once" -> Optional.of(new ErrorOnce(429));
            case "error500" -> Optional.of(new ErrorStored());
            case "error500_after_success" -> Optional.of(new ErrorAfterSuccess());
            case "timeout_after_success" -> Optional.of(new LateAnswer(LATE));
            default -> slow(name);
        };
    }

    private static Optional<Fault> slow(String name) {
        var slow = Pattern.compile("slow_(\\d{1,6})").matcher(name);
        return slow.matches()
                ? Optional.of(new Slow(Duration.ofMillis(Long.parseLong(slow.group(1)))))
                : Optional.empty();
    }
}
