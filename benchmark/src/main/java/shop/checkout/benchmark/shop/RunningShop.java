package shop.checkout.benchmark.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.postgresql.PGProperty;
import shop.checkout.benchmark.cpu.CpuMeter;
import shop.checkout.embedded.Folders;
import shop.checkout.embedded.Ports;
import tools.jackson.databind.json.JsonMapper;

/** The whole system on this machine, started by its launcher, with ports and a data folder of its own. Closing it leaves nothing behind. */
public final class RunningShop implements AutoCloseable {
    /** The launcher runs Kafka inside its own process, and does nothing else meanwhile. */
    public static final String KAFKA = "Kafka";

    public static final String DRIVER = "driver";

    private static final Duration START_LIMIT = Duration.ofMinutes(8);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);

    /** The highest port that the launcher uses above the base port. */
    private static final int SPAN = 13;

    private final Process launcher;
    private final Path folder;
    private final Thread closing = Thread.ofPlatform().name("stop").unstarted(this::stopAndForget);

    private RunningShop(Process launcher, Path folder) {
        this.launcher = launcher;
        this.folder = folder;
    }

    /**
     * Returns when everything does its work.
     *
     * @throws IllegalStateException when it cannot be started, with what the launcher said
     */
    public static RunningShop start(Setup setup) {
        try {
            var folder = setup.data().toAbsolutePath().normalize();
            Folders.delete(folder);
            Files.createDirectories(folder);
            var log = folder.resolve("launcher.log");
            var builder = new ProcessBuilder(command(setup, folder.resolve("data")))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            if (!setup.properties().isEmpty()) {
                builder.environment().put("SPRING_APPLICATION_JSON", json(setup.properties()));
            }
            var shop = new RunningShop(builder.start(), folder);
            Runtime.getRuntime().addShutdownHook(shop.closing);
            shop.awaitReady(log);
            return shop;
        } catch (IOException e) {
            throw new UncheckedIOException("the launcher cannot be started", e);
        }
    }

    /** Where checkouts are asked for. */
    public InetSocketAddress orchestrator() {
        var url = handOff().url(Part.ORCHESTRATOR);
        return new InetSocketAddress(url.getHost(), url.getPort());
    }

    public String kafka() {
        return handOff().kafka();
    }

    /** A connection of the superuser. */
    public Connection database(Part part) {
        return database(handOff().jdbcUrl(part));
    }

    /** A connection of the superuser, by the URL of a database of this server. */
    public Connection database(String url) {
        try {
            return DriverManager.getConnection(
                    url, handOff().databaseUser(), handOff().databasePassword());
        } catch (SQLException e) {
            throw new IllegalStateException("no connection to " + url, e);
        }
    }

    /** Of a database of the same server. */
    public String databaseUrl(String name) {
        return handOff().jdbcUrl(Part.ORCHESTRATOR).replaceFirst("[^/]*$", name);
    }

    /** Adds the superuser's name and password. */
    public void credentials(Properties properties) {
        PGProperty.USER.set(properties, handOff().databaseUser());
        PGProperty.PASSWORD.set(properties, handOff().databasePassword());
    }

    /** Reads the accounts of all processes of the system and of this one. */
    public CpuMeter cpuMeter(boolean byThread) {
        var handOff = handOff();
        var labels = new HashMap<Long, String>();
        for (var part : Part.values()) {
            labels.put(handOff.pid(part), part.module());
        }
        labels.put(handOff.launcherPid(), KAFKA);
        labels.put(ProcessHandle.current().pid(), DRIVER);
        return new CpuMeter(labels, handOff.postmasterPid(), byThread);
    }

    /** Stops everything in good order and deletes the data; so does the end of this JVM, unless it is killed. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(closing);
            stopAndForget();
        } catch (IllegalStateException _) {
            // this JVM is ending: the hook is at it
        }
    }

    private void stopAndForget() {
        launcher.destroy();
        if (!endedWithin(STOP_LIMIT)) {
            launcher.destroyForcibly();
        }
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    private void awaitReady(Path log) throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (HandOff.in(folder.resolve("data")).isEmpty()) {
            if (endedWithin(POLL) || System.nanoTime() - end > 0) {
                var said = Files.readString(log);
                close();
                throw new IllegalStateException("the system cannot be started; the launcher said:\n" + said);
            }
        }
    }

    private boolean endedWithin(Duration limit) {
        try {
            return launcher.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the launcher", e);
        }
    }

    private HandOff handOff() {
        return HandOff.in(folder.resolve("data"))
                .orElseThrow(() -> new IllegalStateException("the shop in " + folder + " does not run any more"));
    }

    private static List<String> command(Setup setup, Path data) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlauncher.home=" + setup.home(),
                "-classpath",
                System.getProperty("java.class.path"),
                "shop.checkout.launcher.Launcher",
                "--stop-with-parent --no-start-cache --port=" + freePorts() + " --data=\"" + data + '"'));
        if (!setup.jvm().isEmpty()) {
            command.add("--jvm=\"" + setup.jvm() + '"');
        }
        return List.copyOf(command);
    }

    private static String json(Map<String, String> properties) {
        return JsonMapper.shared().writeValueAsString(properties);
    }

    private static int freePorts() {
        return ThreadLocalRandom.current()
                .ints(1_000, 10_000, 19_900)
                .filter(base -> IntStream.rangeClosed(base, base + SPAN).allMatch(Ports::isFree))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no block of free ports"));
    }
}
