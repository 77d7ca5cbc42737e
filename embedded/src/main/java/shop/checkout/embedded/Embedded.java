package shop.checkout.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL and one Kafka for all integration tests of a JVM: started when first asked for, gone with all they kept when the JVM ends.
 *
 * <p>Both are as durable as in production. Tests keep apart by {@link #freshDatabase} and by topic names of their own.
 */
public final class Embedded {
    private static final Embedded SHARED = new Embedded();

    private final AtomicInteger databases = new AtomicInteger();
    private @Nullable Path folder;
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable EmbeddedKafka kafka;

    private Embedded() {}

    /** The one of this JVM; starts nothing yet. */
    public static Embedded shared() {
        return SHARED;
    }

    public synchronized EmbeddedPostgres postgres() {
        if (postgres == null) {
            postgres = EmbeddedPostgres.start(folder().resolve("postgresql"), 0);
        }
        return postgres;
    }

    public synchronized EmbeddedKafka kafka() {
        if (kafka == null) {
            kafka = EmbeddedKafka.start(folder().resolve("kafka"), 0);
        }
        return kafka;
    }

    /** The JDBC address of a new, empty database; user and password are {@link #postgres}'s. */
    public String freshDatabase() {
        var name = "test_" + databases.incrementAndGet();
        postgres().createDatabase(name);
        return postgres().jdbcUrl(name);
    }

    private Path folder() {
        if (folder == null) {
            try {
                folder = Files.createTempDirectory("checkout-embedded-");
            } catch (IOException e) {
                throw new UncheckedIOException("no folder for the embedded PostgreSQL and Kafka", e);
            }
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::remove));
        }
        return folder;
    }

    private synchronized void remove() {
        if (kafka != null) {
            kafka.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        try {
            Folders.delete(folder());
        } catch (IOException e) {
            throw new UncheckedIOException("delete " + folder + " by hand", e);
        }
    }
}
