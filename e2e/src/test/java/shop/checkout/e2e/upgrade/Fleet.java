package shop.checkout.e2e.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import shop.checkout.e2e.secured.SecuredKafka;
import shop.checkout.servers.TestServers;

/**
 * Processes of the four services on databases and a broker of their own, which is secured as in production. Provider and carrier are within
 * them.
 */
final class Fleet implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final SecuredKafka kafka;
    private final Map<Service, String> databases = Arrays.stream(Service.values())
            .collect(Collectors.toMap(
                    Function.identity(), _ -> TestServers.shared().freshDatabase()));
    private final Map<Service, Running> running = new EnumMap<>(Service.class);
    private final Deque<Running> started = new ArrayDeque<>();

    private Fleet(Path folder, SecuredKafka kafka) {
        this.folder = folder;
        this.kafka = kafka;
    }

    /**
     * In the builds that the project has just made.
     *
     * @param folder for logs, jars and what Kafka keeps
     */
    static Fleet start(Path folder) throws InterruptedException, ExecutionException {
        var fleet = new Fleet(folder, SecuredKafka.start(folder));
        try {
            fleet.start();
        } catch (Throwable e) {
            fleet.close();
            throw e;
        }
        return fleet;
    }

    private void start() {
        for (var service : Service.values()) {
            running.put(service, launch(Build.current(service)));
        }
        running.values().forEach(Running::awaitReady);
    }

    /** Replaces a process by one of the next build: that one starts and is ready before the old one gets no more requests and is ended. */
    void upgrade(Service service, Balancer balancer) {
        var old = running(service);
        var next = launch(Build.current(service).next(folder));
        next.awaitReady();
        if (service == Service.ORCHESTRATOR) {
            balancer.add(next.url());
            balancer.remove(old.url());
        }
        old.terminate();
        running.put(service, next);
    }

    Running running(Service service) {
        var process = running.get(service);
        if (process == null) {
            throw new IllegalStateException(service + " should have been started");
        }
        return process;
    }

    private Running launch(Build build) {
        var log = folder.resolve(build.jar().getFileName() + ".log");
        var process = Running.start(
                build,
                databaseOf(build.service()),
                kafka.environment(build.service().part().module()),
                log);
        started.push(process);
        return process;
    }

    private String databaseOf(Service service) {
        return databases.getOrDefault(service, "");
    }

    /** The only value that a query of a service's database has. */
    long count(Service service, String sql) {
        var url = databaseOf(service);
        try (var connection = TestServers.shared().postgres().connect(url.substring(url.lastIndexOf('/') + 1));
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    void awaitQuiet() {
        await("every saga to end")
                .atMost(LIMIT)
                .until(() -> count(Service.ORCHESTRATOR, "select count(*) from saga where wake_at is not null") == 0);
        await("every reservation to be settled")
                .atMost(LIMIT)
                .until(() ->
                        count(Service.INVENTORY, "select count(*) from reservation where state = 'RESERVED'") == 0);
        for (var service : Service.values()) {
            assertThat(count(service, "select count(*) from parked_message"))
                    .as("messages parked at %s", service)
                    .isZero();
        }
    }

    @Override
    public void close() {
        started.forEach(Running::kill);
        kafka.close();
    }
}
