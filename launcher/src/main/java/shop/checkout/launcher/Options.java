package shop.checkout.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What the person who starts the launcher may choose.
 *
 * @param port the orchestrator's port; the other ports are counted from it
 * @param data the folder that keeps everything between runs
 * @param fresh forget what an earlier run left in the data folder
 * @param traffic demo checkouts a second, if any
 * @param jvm flags for the JVMs of the parts, after the launcher's own so that they outrank them
 * @param startCache make a start cache in the background if there is none; not with {@code jvm}, which starts without it
 * @param stopWithParent stop when the process that started the launcher ends
 * @param help only explain
 */
record Options(
        int port,
        Path data,
        boolean fresh,
        OptionalInt traffic,
        List<String> jvm,
        boolean startCache,
        boolean stopWithParent,
        boolean help) {
    static final String USAGE = """
            usage: mvn -Prun [-Dlauncher.args="OPTION..."]
              --port=8080         port of the orchestrator; the other parts use the next ones (8081-8084, 8090-8093)
              --data=DIR          folder for databases, topics and logs, kept between runs (default: data)
              --fresh             forget what is in the data folder and start from nothing
              --traffic=N         send N demo checkouts a second and show how they end (1 to 5000)
              --jvm="FLAG..."     more flags for the JVMs of services and sandbox, such as -XX:TieredStopAtLevel=4 to have
                                  them optimized as in production, for a slower start without a cache
              --no-start-cache    do not spend background work, once per build, on making the next start faster
              --stop-with-parent  stop when the process that started the launcher ends (mvn -Prun sets it)
              --help              show this""";

    /** The highest port in use is this much above the first. */
    private static final int SPAN = 13;

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

    Options {
        jvm = List.copyOf(jvm);
    }

    /**
     * Reads the arguments; each may hold several options parted by blanks, with double quotes around a value that has blanks.
     *
     * @throws LauncherException when an option is unknown or its value makes no sense
     */
    static Options parse(List<String> arguments) {
        var given = new HashMap<String, String>();
        for (var argument : arguments) {
            WORD.matcher(argument).results().forEach(word -> {
                var option = word.group().replace("\"", "").split("=", 2);
                given.put(option[0], option.length == 1 ? "" : "=" + option[1]);
            });
        }
        var options = new Options(
                number(given, "--port", 1, 65_535 - SPAN).orElse(8080),
                Path.of(given.containsKey("--data") ? value(given, "--data") : "data"),
                flag(given, "--fresh"),
                number(given, "--traffic", 1, 5_000),
                words(given, "--jvm"),
                !flag(given, "--no-start-cache"),
                flag(given, "--stop-with-parent"),
                flag(given, "--help"));
        given.entrySet().stream().findAny().ifPresent(unknown -> {
            throw new LauncherException("unknown option " + unknown.getKey() + unknown.getValue() + "\n" + USAGE);
        });
        return options;
    }

    private static boolean flag(Map<String, String> given, String name) {
        var value = given.remove(name);
        if (value != null && !value.isEmpty()) {
            throw new LauncherException(name + " takes no value\n" + USAGE);
        }
        return value != null;
    }

    private static String value(Map<String, String> given, String name) {
        var value = given.remove(name);
        if (value == null || value.length() < 2) {
            throw new LauncherException(name + " needs a value\n" + USAGE);
        }
        return value.substring(1);
    }

    private static List<String> words(Map<String, String> given, String name) {
        return given.containsKey(name) ? List.of(value(given, name).strip().split("\\s+")) : List.of();
    }

    private static OptionalInt number(Map<String, String> given, String name, int from, int to) {
        if (!given.containsKey(name)) {
            return OptionalInt.empty();
        }
        var value = value(given, name);
        try {
            int number = Integer.parseInt(value);
            if (number >= from && number <= to) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new LauncherException(
                "%s must be a number from %d to %d, not %s\n%s".formatted(name, from, to, value, USAGE));
    }
}
