package shop.checkout.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the person who starts the benchmark may choose.
 *
 * @param seconds how long each load is measured
 * @param warmUp how long the system gets at most to become warm
 * @param jvm flags for the JVMs of services and sandbox; empty for those of the launcher
 * @param properties for the services
 * @param gateways who stands for payment provider and carrier
 * @param threads whether processor time is shown by thread as well
 * @param home the folder of the modules to run, if not that of this build
 * @param data where databases and topics are for the time of the benchmark, if not below target
 */
record Options(
        Profile profile,
        Duration seconds,
        Duration warmUp,
        String jvm,
        Map<String, String> properties,
        Gateways gateways,
        boolean threads,
        Optional<Path> home,
        Optional<Path> data) {
    static final String USAGE = """
            usage: mvn -Pbenchmark [-Dbenchmark.args="OPTION..."]
              --profile=NAME      latency, saturation (the default), growth or smoke
              --seconds=20        how long each load is measured
              --warm-up=240       how many seconds the system gets at most to become warm; 0 for not at all
              --jvm="FLAG..."     flags for the JVMs of services and sandbox
                                  (default: -XX:TieredStopAtLevel=4, that is the optimizing compiler as well)
              --properties="NAME=VALUE..."  for the services, such as checkout.consumer.max-batch=1000
              --gateways=NAME     who stands for payment provider and carrier: sandbox (the default), by HTTP,
                                  or in-process, somebody imaginary within the services
              --threads           show what the processor time of each process went into, by thread
              --home=DIR          run the executable jars of another working copy that was built
              --data=DIR          folder for databases and topics, on a real disk; emptied before, deleted afterwards""";

    /** What a service that runs for weeks has; the launcher itself prefers a quick start. */
    private static final String OPTIMIZED = "-XX:TieredStopAtLevel=4";

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

    Options {
        properties = Map.copyOf(properties);
    }

    /** All that the services are told. */
    Map<String, String> settings() {
        return Stream.of(properties, gateways.settings())
                .flatMap(settings -> settings.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (_, later) -> later));
    }

    /**
     * Reads the arguments; each may hold several options parted by blanks, with double quotes around a value that has blanks.
     *
     * @throws IllegalArgumentException when an option is unknown or its value makes no sense
     */
    static Options parse(List<String> arguments) {
        var given = new HashMap<String, String>();
        for (var argument : arguments) {
            WORD.matcher(argument).results().forEach(word -> {
                var option = word.group().replace("\"", "").split("=", 2);
                given.put(option[0], option.length == 1 ? "" : option[1]);
            });
        }
        var options = new Options(
                read(given, "--profile", Options::profile).orElse(Profile.SATURATION),
                read(given, "--seconds", Options::seconds).orElse(Duration.ofSeconds(20)),
                read(given, "--warm-up", Options::seconds).orElse(Duration.ofMinutes(4)),
                Optional.ofNullable(given.remove("--jvm")).orElse(OPTIMIZED),
                read(given, "--properties", Options::properties).orElse(Map.of()),
                read(given, "--gateways", Gateways::named).orElse(Gateways.SANDBOX),
                read(given, "--threads", Options::flag).orElse(false),
                read(given, "--home", Path::of),
                read(given, "--data", Path::of));
        given.keySet().stream().findAny().ifPresent(unknown -> {
            throw new IllegalArgumentException("unknown option " + unknown + "\n" + USAGE);
        });
        return options;
    }

    private static <T> Optional<T> read(Map<String, String> given, String name, Function<String, T> reader) {
        return Optional.ofNullable(given.remove(name)).map(value -> {
            try {
                return reader.apply(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "%s=%s makes no sense: %s%n%s".formatted(name, value, e.getMessage(), USAGE), e);
            }
        });
    }

    private static boolean flag(String value) {
        if (!value.isEmpty()) {
            throw new IllegalArgumentException("it takes no value");
        }
        return true;
    }

    private static Profile profile(String name) {
        if (!Profile.names().contains(name)) {
            throw new IllegalArgumentException("there are " + Profile.names());
        }
        return Profile.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Duration seconds(String value) {
        return Duration.ofSeconds(Integer.parseUnsignedInt(value));
    }

    private static Map<String, String> properties(String words) {
        return Stream.of(words.strip().split("\\s+"))
                .map(word -> word.split("=", 2))
                .peek(pair -> {
                    if (pair.length < 2) {
                        throw new IllegalArgumentException(pair[0] + " has no value");
                    }
                })
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
