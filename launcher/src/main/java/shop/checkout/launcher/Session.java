package shop.checkout.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One run of the launcher: from the checks before the start to the orderly stop. */
final class Session implements AutoCloseable {
    /** Longer than the services' own limit for an orderly stop. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Options options;
    private final Path home;
    private final DataFolder data;
    private final Console console;
    private final ProcessRecord processes;
    private final HandOff handOff;
    private final ClosingStack started;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Session(Options options, Path home, DataFolder data, Console console) {
        this.options = options;
        this.home = home;
        this.data = data;
        this.console = console;
        this.processes = new ProcessRecord(data.path());
        this.handOff = new HandOff(data.path());
        this.started = new ClosingStack(console::say);
    }

    /**
     * Starts everything and returns when it is time to stop; {@link #close} does that.
     *
     * @throws LauncherException when something cannot be started or died too often
     */
    void run() {
        var begun = Instant.now();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::close));
        if (options.stopWithParent()) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> end.complete(null)));
        }
        prepare();
        console.say("Starting with the data in " + data.path());
        var infrastructure = started.push(new Infrastructure(data.postgres(), data.kafka()));
        infrastructure.start();
        var site = site();
        start(site, infrastructure);
        console.say("\nReady after %.1f s."
                .formatted(Duration.between(begun, Instant.now()).toMillis() / 1000.0));
        offer(site);
        handOff.ready(site, infrastructure);
        awaitEnd();
    }

    /** Stops all that was started, in good order. */
    @Override
    public void close() {
        synchronized (started) {
            if (!started.isEmpty()) {
                console.endProgress();
                console.say("Stopping …");
                handOff.remove();
                started.close();
                console.say("Stopped. The next start goes on with what is in " + data.path());
            }
            started.close();
        }
    }

    /** It is being stopped, or was; what fails from now on is of no interest. */
    boolean isClosed() {
        return started.isClosed();
    }

    private void prepare() {
        processes.endLeftovers().forEach(name -> console.say("Ended what an earlier launcher left behind: " + name));
        new PortPlan(options.port()).conflict().ifPresent(conflict -> {
            throw new LauncherException(conflict + "; stop the program that listens there, or choose other ports with "
                    + "-Dlauncher.args=\"--port=" + (options.port() + 1000) + "\"");
        });
        handOff.remove();
        App.requireBuilt(home);
        if (options.fresh()) {
            data.clear();
        }
        Logs.begin(data.logs());
    }

    private CheckoutSystem.Site site() {
        return new CheckoutSystem.Site(
                data.postgres(),
                data.sandbox(),
                data.logs(),
                new PortPlan(options.port()),
                App.unpackedAll(home, data.apps()),
                options.jvm(),
                Purpose.RUN);
    }

    private void start(CheckoutSystem.Site site, Infrastructure infrastructure) {
        var postgres = infrastructure.postgres();
        var failure = new LauncherException("PostgreSQL ended by itself; see " + postgres.log());
        postgres.ended().thenRun(() -> end.completeExceptionally(failure));
        var watcher = new Report(console, processes, handOff, end);
        started.push(new CheckoutSystem(site, infrastructure, RestartPolicy.DEFAULT, STOP_LIMIT, watcher))
                .start();
    }

    private void offer(CheckoutSystem.Site site) {
        var shop = new ShopClient(site.ports());
        var products = shop.products();
        console.say(new Banner(site.ports(), products, data.path()).text());
        if (options.startCache()
                && options.jvm().isEmpty()
                && site.apps().values().stream().anyMatch(app -> !app.isTrained())) {
            started.push(Training.inBackground(site.apps(), data, processes, console));
        }
        options.traffic().ifPresent(rate -> started.push(Traffic.start(shop, products, rate, console)));
    }

    private void awaitEnd() {
        try {
            end.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LauncherException sentence ? sentence : e;
        }
    }
}
