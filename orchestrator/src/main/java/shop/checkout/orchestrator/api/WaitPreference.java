package shop.checkout.orchestrator.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import shop.checkout.web.ProblemException;

/** How long a client wants an answer to be held. */
record WaitPreference(Duration asked) {

    static final String HEADER = "Prefer";
    static final String APPLIED_HEADER = "Preference-Applied";
    static final Duration CAP = Duration.ofSeconds(30);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");
    private static final Pattern WAIT = Pattern.compile("(?i)\\s*wait\\s*=\\s*\"?([0-9]{1,5})\"?\\s*(;.*)?");

    /** The {@code wait} of RFC 7240; what is not well-formed is no preference, as the RFC asks. */
    static Optional<WaitPreference> ofHeaders(List<String> prefer) {
        return prefer.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(WAIT::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(matcher -> ofSeconds(matcher.group(1)))
                .findFirst();
    }

    /** @throws ProblemException 400 when it is no number of seconds */
    static Optional<WaitPreference> ofParameter(@Nullable String wait) {
        if (wait == null) {
            return Optional.empty();
        }
        if (!SECONDS.matcher(wait).matches()) {
            throw ProblemException.of(
                    HttpStatus.BAD_REQUEST, "invalid-wait", "The parameter wait must be a number of seconds.");
        }
        return Optional.of(ofSeconds(wait));
    }

    private static WaitPreference ofSeconds(String seconds) {
        return new WaitPreference(Duration.ofSeconds(Long.parseLong(seconds)));
    }

    Duration duration() {
        return asked.compareTo(CAP) < 0 ? asked : CAP;
    }

    String applied() {
        return "wait=" + duration().toSeconds();
    }
}
