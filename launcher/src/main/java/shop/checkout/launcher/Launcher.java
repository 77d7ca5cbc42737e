package shop.checkout.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Exit;

/**
 * Starts the whole system on this machine and stops it again: {@code mvn -Prun}.
 *
 * <p>Ends with 0 after an orderly stop, 1 when something went wrong, 2 when the options were wrong; SIGINT and SIGTERM stop everything in good
 * order first and end as the JVM does for signals (130, 143).
 */
public final class Launcher {
    /** Where the modules are; Maven's run profile says. */
    private static final String HOME = "launcher.home";

    private Launcher() {}

    /** See {@link Options#USAGE}. */
    public static void main(String[] arguments) {
        stopWhenKafkaFails();
        System.exit(run(
                List.of(arguments), Path.of(System.getProperty(HOME, "")).toAbsolutePath(), Console.ofThisProcess()));
    }

    /** Kafka ends its JVM when it cannot go on, for example when the disk is full; without a word at this terminal. */
    private static void stopWhenKafkaFails() {
        Exit.setHaltProcedure((code, _) -> {
            System.err.println("Kafka failed, so everything was stopped; see logs/kafka.log in the data folder");
            Runtime.getRuntime().halt(code);
        });
    }

    static int run(List<String> arguments, Path home, Console console) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (LauncherException e) {
            console.say(String.valueOf(e.getMessage()));
            return 2;
        }
        if (options.help()) {
            console.say(Options.USAGE);
            return 0;
        }
        try (var data = DataFolder.open(options.data());
                var session = new Session(options, home, data, console)) {
            return run(session, console);
        } catch (LauncherException | IOException e) {
            console.say("\n" + e.getMessage());
            return 1;
        }
    }

    private static int run(Session session, Console console) {
        try {
            session.run();
            return 0;
        } catch (LauncherException e) {
            if (!session.isClosed()) {
                console.say("\n" + e.getMessage() + "\n");
            }
            return 1;
        }
    }
}
