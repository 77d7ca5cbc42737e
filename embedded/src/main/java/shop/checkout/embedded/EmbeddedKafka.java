package shop.checkout.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka of one node (KRaft) inside this JVM, on loopback only, with topics, records and offsets kept in a folder between runs.
 *
 * <p>Topics are never made by accident ({@code auto.create.topics.enable=false}). Records outlive a killed JVM; as with any Kafka they are
 * not forced to disk one by one, so a power cut may cost the latest.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int NODE = 1;
    private static final String CONTROLLER = "CONTROLLER";
    private static final Set<String> ABOUT_LISTENERS = Set.of("listeners", "listener.security.protocol.map");

    private final KafkaRaftServer server;
    private final int port;
    private boolean closed;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the broker on the folder, which is made if absent, and returns when it serves clients.
     *
     * @param port 0 for a free one, the same as at the last start if possible
     */
    public static EmbeddedKafka start(Path folder, int port) {
        return start(folder, port, Map.of());
    }

    /**
     * The same, with more settings.
     *
     * @param settings of the broker, by Kafka's names; outrank the usual ones, but listeners and their protocols come beside these
     */
    public static EmbeddedKafka start(Path folder, int port, Map<String, String> settings) {
        try {
            var home = Files.createDirectories(folder.toAbsolutePath().normalize());
            int broker = port == 0 ? portFor(home) : port;
            int controller = Ports.remembered(home.resolve("controller-port"));
            var log = home.resolve("log");
            format(log);
            var server = new KafkaRaftServer(
                    new KafkaConfig(settings(log, broker, controller, settings), false), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(server, broker);
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka cannot be started in " + folder, e);
        }
    }

    /** The port of the broker on this folder: the same as at its last start if that is free. Known before it is started. */
    public static int portFor(Path folder) {
        try {
            return Ports.remembered(
                    Files.createDirectories(folder.toAbsolutePath().normalize()).resolve("port"));
        } catch (IOException e) {
            throw new UncheckedIOException("no port can be remembered in " + folder, e);
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Stops the broker after its log is flushed. Twice is harmless. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static void format(Path log) throws IOException {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        var formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .setControllerListenerName(CONTROLLER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true)
                .addDirectory(log.toString())
                .setMetadataLogDirectory(log.toString());
        try {
            formatter.run();
        } catch (Exception e) {
            throw new IOException("Kafka's folder " + log + " cannot be formatted", e);
        }
    }

    private static Map<String, String> settings(Path log, int broker, int controller, Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE),
                "controller.quorum.voters",
                NODE + "@127.0.0.1:" + controller,
                "controller.listener.names",
                CONTROLLER,
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(broker, CONTROLLER, controller),
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
                "log.dirs",
                log.toString(),
                "auto.create.topics.enable",
                "false"));
        settings.putAll(oneNode());
        settings.putAll(smallMachine());
        more.forEach((name, value) ->
                settings.merge(name, value, (usual, own) -> ABOUT_LISTENERS.contains(name) ? usual + "," + own : own));
        return settings;
    }

    private static Map<String, String> oneNode() {
        return Map.of(
                "default.replication.factor", "1",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0");
    }

    private static Map<String, String> smallMachine() {
        return Map.of(
                "offsets.topic.num.partitions", "12",
                "log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20),
                "log.segment.bytes", Integer.toString(64 << 20),
                "log.retention.hours", Integer.toString(7 * 24));
    }
}
