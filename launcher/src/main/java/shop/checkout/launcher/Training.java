package shop.checkout.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import shop.checkout.embedded.Folders;

/**
 * Makes the start caches (JEP 483, 514) that are missing: runs the system once more, private and out of sight, with some checkouts of each kind, lets each JVM write
 * what it had loaded, and has a cache made of that.
 *
 * <p>It has a PostgreSQL, a Kafka and ports of its own, so it cannot touch people's data, and a low priority. Without the caches, or when
 * they cannot be made, everything works and only starts more slowly.
 */
final class Training implements AutoCloseable {
    private static final int CHECKOUTS = 40;
    private static final Duration CHECKOUTS_LIMIT = Duration.ofMinutes(1);
    private static final Duration CHECKOUTS_POLL = Duration.ofMillis(500);

    /** A JVM writes what it had loaded after the service has stopped. */
    private static final Duration STOP_LIMIT = Duration.ofMinutes(3);

    private static final RestartPolicy NO_RESTART = new RestartPolicy(0, Duration.ZERO, Duration.ZERO);

    private final Map<Part, App> apps;
    private final Path folder;
    private final Console console;
    private final BackgroundProcesses processes;
    private final Infrastructure infrastructure;

    private Training(Map<Part, App> apps, DataFolder data, ProcessRecord record, Console console) {
        this.apps = apps;
        this.folder = data.path().resolve("training");
        this.console = console;
        this.processes = new BackgroundProcesses(record);
        this.infrastructure = new Infrastructure(folder.resolve("postgresql"), folder.resolve("kafka"));
    }

    /** Begins at once; closing it before it has finished gives it up, and the next start tries again. */
    static Training inBackground(Map<Part, App> apps, DataFolder data, ProcessRecord record, Console console) {
        var training = new Training(apps, data, record, console);
        Thread.ofPlatform().name("training").daemon().start(training::run);
        return training;
    }

    /** Ends what still runs of it at once. */
    @Override
    public void close() {
        processes.kill();
        infrastructure.abandon();
    }

    private void run() {
        var begun = Instant.now();
        try {
            Folders.delete(folder);
            var untrained =
                    apps.values().stream().filter(app -> !app.isTrained()).toList();
            record();
            for (var app : untrained) {
                processes.complete(app.command(Purpose.ASSEMBLE, List.of()), folder.resolve("assemble.log"));
                app.adoptCache();
            }
            Folders.delete(folder);
            console.say("The start cache is made (%d s, in the background): the next start will be faster."
                    .formatted(Duration.between(begun, Instant.now()).toSeconds()));
        } catch (LauncherException | IOException e) {
            if (!processes.isKilled()) {
                console.say("No start cache could be made, so the next start will be as slow as this one; logs are in "
                        + folder + ": " + e.getMessage());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void record() throws IOException, InterruptedException {
        infrastructure.start();
        var site = new CheckoutSystem.Site(
                folder.resolve("postgresql"),
                folder.resolve("sandbox"),
                folder,
                PortPlan.free(),
                apps,
                List.of(),
                Purpose.RECORD);
        try (infrastructure;
                var system = new CheckoutSystem(site, infrastructure, NO_RESTART, STOP_LIMIT, processes)) {
            system.start();
            order(new ShopClient(site.ports()));
        }
    }

    private void order(ShopClient shop) throws IOException, InterruptedException {
        var sku = shop.products().getFirst().sku();
        for (int i = 0; i < CHECKOUTS; i++) {
            var kind = DemoOrder.values()[i % DemoOrder.values().length];
            shop.place(UUID.randomUUID().toString(), kind.json("training", sku));
        }
        var limit = Instant.now().plus(CHECKOUTS_LIMIT);
        while (!allEnded(shop) && Instant.now().isBefore(limit)) {
            Thread.sleep(CHECKOUTS_POLL);
        }
    }

    private static boolean allEnded(ShopClient shop) throws IOException, InterruptedException {
        List<ShopClient.Standing> newest =
                shop.list(CHECKOUTS, Optional.empty()).checkouts();
        return newest.stream().allMatch(ShopClient.Standing::isFinal);
    }
}
