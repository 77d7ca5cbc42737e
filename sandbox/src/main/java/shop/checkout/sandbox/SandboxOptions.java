package shop.checkout.sandbox;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How to start the sandbox.
 *
 * @param port 0 for any free one
 * @param data the folder of the journal, made if it is not there
 */
public record SandboxOptions(String address, int port, Path data) {

    static final String USAGE = """
            usage: java -jar sandbox-exec.jar --data=DIR [--port=8084] [--address=127.0.0.1]
              --data     folder for the journal: what was charged and shipped, kept between runs
              --port     TCP port; 0 takes any free one
              --address  network address to listen on""";

    private static final int DEFAULT_PORT = 8084;
    private static final int MAX_PORT = 65_535;
    private static final String LOOPBACK = "127.0.0.1";

    /** Throws {@link IllegalArgumentException} with a sentence for the user if the arguments make no sense. */
    public static SandboxOptions parse(String... arguments) {
        var values = new HashMap<String, String>();
        for (var argument : arguments) {
            var option = argument.split("=", 2);
            if (option.length != 2 || !option[0].matches("--(port|data|address)") || option[1].isBlank()) {
                throw new IllegalArgumentException(
                        "cannot read \"" + argument + "\": expected --data=DIR, --port=NUMBER or --address=ADDRESS");
            }
            if (values.put(option[0], option[1]) != null) {
                throw new IllegalArgumentException(option[0] + " is given twice");
            }
        }
        return new SandboxOptions(values.getOrDefault("--address", LOOPBACK), port(values), data(values));
    }

    private static int port(Map<String, String> values) {
        var text = values.getOrDefault("--port", Integer.toString(DEFAULT_PORT));
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MAX_PORT) {
            throw new IllegalArgumentException("--port must be a number from 0 to 65535, not \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    private static Path data(Map<String, String> values) {
        var text = values.get("--data");
        if (text == null) {
            throw new IllegalArgumentException("--data=DIR is missing: the folder to keep the journal in");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--data is no path: " + e.getMessage(), e);
        }
    }
}
