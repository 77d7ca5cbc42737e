package shop.checkout.e2e.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One way to check a module. Its first line says what must come of it: {@code \* holds} or {@code \* violates NothingLost}.
 *
 * @param module what the file's name begins with, up to the first hyphen
 * @param violates the invariant or property that must be found violated; empty when all must hold
 * @param properties the temporal properties that are checked
 */
record Configuration(Path file, String module, Optional<String> violates, List<String> properties) {

    private static final Pattern FIRST_LINE = Pattern.compile("\\\\\\* (?:holds|violates (?<what>\\w+))");
    private static final Pattern PROPERTIES = Pattern.compile("^PROPERTIES((?:\\s+\\w+)+)$", Pattern.MULTILINE);

    static Configuration read(Path file) {
        var text = Specs.read(file);
        var firstLine = text.lines().findFirst().orElse("");
        var expected = FIRST_LINE.matcher(firstLine);
        if (!expected.matches()) {
            throw new IllegalStateException(
                    file + " must begin with '\\* holds' or '\\* violates <name>', not with '" + firstLine + "'");
        }
        var module = file.getFileName().toString().replaceFirst("(-.*)?\\.cfg$", "");
        return new Configuration(file, module, Optional.ofNullable(expected.group("what")), properties(text));
    }

    private static List<String> properties(String text) {
        return PROPERTIES
                .matcher(text)
                .results()
                .flatMap(
                        match -> Pattern.compile("\\w+").matcher(match.group(1)).results())
                .map(MatchResult::group)
                .toList();
    }

    /** The file's name. */
    String name() {
        return file.getFileName().toString();
    }

    boolean mustHold() {
        return violates.isEmpty();
    }

    @Override
    public String toString() {
        return name() + violates.map(what -> " violates " + what).orElse(" holds");
    }
}
