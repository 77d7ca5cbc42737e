package shop.checkout.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import shop.checkout.benchmark.limit.Limit;
import shop.checkout.benchmark.limit.Limits;
import shop.checkout.benchmark.shop.Books;
import shop.checkout.benchmark.shop.Part;
import shop.checkout.benchmark.shop.RunningShop;
import shop.checkout.benchmark.shop.Setup;
import shop.checkout.benchmark.shop.StoredSagas;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures the whole system on this machine: {@code mvn -Pbenchmark}.
 *
 * <p>Ends with 0 when every checkout ended as it should and the books agree, 1 when not, 2 when the options were wrong.
 */
public final class Benchmark {
    /** The folder of the modules; Maven's benchmark profile says. */
    private static final String HOME = "benchmark.home";

    /** Logging forgets loggers that nobody holds. */
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private final Options options;
    private final Path home;
    private final PrintStream out;

    Benchmark(Options options, Path home, PrintStream out) {
        this.options = options;
        this.home = options.home().orElse(home).toAbsolutePath().normalize();
        this.out = out;
    }

    /** See {@link Options#USAGE}. */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        KAFKA.setLevel(Level.WARNING);
        var home = Path.of(System.getProperty(HOME, ""));
        var target = home.resolve("benchmark").resolve("target");
        var report = new Benchmark(options, home, System.out).run(target);
        System.exit(report.isSound() ? 0 : 1);
    }

    /** Starts everything, measures, prints the table, writes the report to the folder, stops everything. */
    Report run(Path target) throws IOException, InterruptedException, SQLException {
        var data = options.data()
                .orElse(target.resolve("data-" + ProcessHandle.current().pid()));
        say("Starting the system of " + home + " with its data in " + data);
        try (var shop = RunningShop.start(new Setup(home, data, options.jvm(), options.settings()))) {
            var report = measure(shop);
            out.println("\n" + report.text());
            say("also written to " + write(report, target));
            return report;
        }
    }

    private Report measure(RunningShop shop) throws InterruptedException, SQLException {
        var setup = new TreeMap<>(Map.of(
                "profile", options.profile().name().toLowerCase(Locale.ROOT),
                "home", home.toString(),
                "jvm", options.jvm(),
                "properties", options.properties().toString(),
                "gateways", options.gateways().toString()));
        try (var orchestrator = shop.database(Part.ORCHESTRATOR)) {
            var audit = new Audit(orchestrator);
            var experiment = new Experiment(shop, options.threads());
            experiment.wake();
            if (options.profile().needsWarmth()) {
                setup.put("warm-up", warmUp(experiment));
            }
            var runs = new ArrayList<Run>();
            for (var stage : options.profile().stages()) {
                runs.addAll(runs(stage, experiment, audit, shop));
            }
            var found = audit.found();
            return new Report(
                    machine(),
                    setup,
                    runs,
                    limits(shop),
                    Books.after(experiment.sent()),
                    found,
                    experiment.complaints());
        }
    }

    private String warmUp(Experiment experiment) throws InterruptedException {
        say("Warming up, until the throughput is level …");
        long begun = System.nanoTime();
        var warmth = experiment.warmUp(new WarmUp(options.warmUp()));
        var done = "%,d checkouts in %,d s, at the end %,.0f a second and %s"
                .formatted(
                        experiment.sent(),
                        (System.nanoTime() - begun) / 1_000_000_000,
                        warmth.perSecond(),
                        warmth.isLevel() ? "level" : "NOT LEVEL: not warm, or the machine is busy otherwise");
        say("Warmed up by " + done);
        return done;
    }

    private List<Run> runs(Profile.Stage stage, Experiment experiment, Audit audit, RunningShop shop)
            throws InterruptedException, SQLException {
        if (stage.stored().isPresent()) {
            say("Storing %,d sagas …".formatted(stage.stored().getAsLong()));
            audit.without(() -> StoredSagas.become(stage.stored().getAsLong(), shop));
        }
        var runs = new ArrayList<Run>();
        for (var pace : stage.paces()) {
            var name = stage.name(pace);
            say("Measuring " + name + " …");
            runs.add(experiment.measure(name, pace, options.profile().time(options.seconds())));
        }
        return runs;
    }

    private List<Limit> limits(RunningShop shop) throws InterruptedException, SQLException {
        say("Measuring what this machine can do …");
        return new Limits(shop, options.profile().limitTime()).measure();
    }

    private static Map<String, String> machine() {
        return Map.of(
                "processors", Integer.toString(Runtime.getRuntime().availableProcessors()),
                "java", System.getProperty("java.vm.version"),
                "system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    private Path write(Report report, Path target) throws IOException {
        var name = "%s-%d.json".formatted(report.setup().get("profile"), System.currentTimeMillis());
        var file = Files.createDirectories(target.resolve("benchmark")).resolve(name);
        JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
        return file;
    }

    private void say(String text) {
        out.println(text);
    }
}
