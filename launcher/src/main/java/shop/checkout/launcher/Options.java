package shop.checkout.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the person who starts the launcher may choose.
 *
 * @param port the orchestrator's port; the other ports are counted from it
 * @param data the folder that keeps everything between runs
 * @param fresh forget what an earlier run left in the data folder
 * @param traffic demo checkouts a second, if any
 * @param stopWithParent stop when the process that started the launcher ends
 * @param help only explain
 */
record Options(int port, Path data, boolean fresh, OptionalInt traffic, boolean stopWithParent, boolean help) {
    static final String USAGE = """
            usage: mvn -Prun [-Dlauncher.args="OPTION..."]
              --port=8080         port of the orchestrator; the other parts use the next ones (8081-8084, 8090-8093)
              --data=DIR          folder for databases, topics and logs, kept between runs (default: data)
              --fresh             forget what is in the data folder and start from nothing
              --traffic=N         send N demo checkouts a second and show how they end (1 to 5000)
              --stop-with-parent  stop when the process that started the launcher ends (mvn -Prun sets it)
              --help              show this""";

    private static final Options DEFAULTS =
            new Options(8080, Path.of("data"), false, OptionalInt.empty(), false, false);

    /** The highest port in use is this much above the first. */
    private static final int SPAN = 13;

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

    /**
     * Reads the arguments; each may hold several options parted by blanks, with double quotes around a value that has blanks.
     *
     * @throws LauncherException when an option is unknown or its value makes no sense
     */
    static Options parse(List<String> arguments) {
        var options = DEFAULTS;
        for (var argument : arguments) {
            var words = WORD.matcher(argument).results().map(MatchResult::group).toList();
            for (var word : words) {
                options = options.with(word.replace("\"", ""));
            }
        }
        return options;
    }

    private Options with(String option) {
        int equals = option.indexOf('=');
        var name = equals < 0 ? option : option.substring(0, equals);
        var value = equals < 0 ? Optional.<String>empty() : Optional.of(option.substring(equals + 1));
        return switch (name) {
            case "--port" ->
                new Options(number(name, value, 1, 65_535 - SPAN), data, fresh, traffic, stopWithParent, help);
            case "--data" -> new Options(port, Path.of(required(name, value)), fresh, traffic, stopWithParent, help);
            case "--traffic" ->
                new Options(port, data, fresh, OptionalInt.of(number(name, value, 1, 5_000)), stopWithParent, help);
            case "--fresh" -> new Options(port, data, flag(name, value), traffic, stopWithParent, help);
            case "--stop-with-parent" -> new Options(port, data, fresh, traffic, flag(name, value), help);
            case "--help", "-h" -> new Options(port, data, fresh, traffic, stopWithParent, flag(name, value));
            default -> throw new LauncherException("unknown option " + option + "\n" + USAGE);
        };
    }

    private static boolean flag(String name, Optional<String> value) {
        if (value.isPresent()) {
            throw new LauncherException(name + " takes no value\n" + USAGE);
        }
        return true;
    }

    private static String required(String name, Optional<String> value) {
        return value.filter(given -> !given.isBlank())
                .orElseThrow(() -> new LauncherException(name + " needs a value\n" + USAGE));
    }

    private static int number(String name, Optional<String> value, int from, int to) {
        var given = required(name, value);
        try {
            int number = Integer.parseInt(given);
            if (number >= from && number <= to) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new LauncherException(
                "%s must be a number from %d to %d, not %s\n%s".formatted(name, from, to, given, USAGE));
    }
}
