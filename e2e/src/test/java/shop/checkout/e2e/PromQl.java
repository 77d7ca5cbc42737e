package shop.checkout.e2e;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An expression in Prometheus' query language, as far as has to be known of it here: which series it is about. */
record PromQl(String text) {

    private static final Pattern COMMENT = Pattern.compile("#.*");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring|group_left)\\s*\\([^)]*\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("\\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+|up)\\b(\\{[^}]*})?(?!\\s*\\()");

    /** Each metric that is asked for, with the labels that are asked for, such as <code>up{service="orchestrator"}</code>. */
    Set<String> selectors() {
        return matches().map(MatchResult::group).collect(toUnmodifiableSet());
    }

    Set<String> metrics() {
        return matches().map(it -> it.group(1)).collect(toUnmodifiableSet());
    }

    private Stream<MatchResult> matches() {
        var plain = GROUPING.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("");
        return SELECTOR.matcher(plain).results();
    }
}
