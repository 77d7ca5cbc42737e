package shop.checkout.servers;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL and one Kafka for all integration tests of a JVM: started when first asked for, gone with all they kept when the JVM ends.
 * Embedded, unless {@code -Dinfra=containers} asks for containers. Tests keep apart by {@link #freshDatabase} and by topic names of their own.
 */
public final class TestServers {

    private static final TestServers SHARED = new TestServers(System.getProperty("infra", "embedded"));

    private final String kind;
    private final AtomicInteger databases = new AtomicInteger();
    private @Nullable Infrastructure infrastructure;
    private @Nullable TestPostgres postgres;
    private @Nullable TestKafka kafka;

    TestServers(String kind) {
        this.kind = kind;
    }

    /** Those of this JVM; starts nothing yet. */
    public static TestServers shared() {
        return SHARED;
    }

    public synchronized TestPostgres postgres() {
        if (postgres == null) {
            postgres = infrastructure().startPostgres();
        }
        return postgres;
    }

    public synchronized TestKafka kafka() {
        if (kafka == null) {
            kafka = infrastructure().startKafka();
        }
        return kafka;
    }

    /** The JDBC address of a new, empty database; user and password are {@link #postgres}'s. */
    public String freshDatabase() {
        var name = "test_" + databases.incrementAndGet();
        postgres().createDatabase(name);
        return postgres().jdbcUrl(name);
    }

    private Infrastructure infrastructure() {
        if (infrastructure == null) {
            var chosen = of(kind);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(chosen::close));
            infrastructure = chosen;
        }
        return infrastructure;
    }

    private static Infrastructure of(String kind) {
        return switch (kind) {
            case "embedded" -> new EmbeddedInfrastructure();
            case "containers" -> new ContainerInfrastructure();
            default -> throw new IllegalArgumentException("-Dinfra is embedded or containers, not " + kind);
        };
    }
}
