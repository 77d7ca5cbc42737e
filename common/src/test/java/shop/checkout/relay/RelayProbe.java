package shop.checkout.relay;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Prints what a relay costs: latency from commit to consumer at 50 rows a second, processor time when idle, throughput and processor time a
 * row under load. Figures, not a test. PostgreSQL and Kafka run on the same machine, Kafka in this JVM, so the relay's share of
 * the processor is told by its threads.
 */
final class RelayProbe {

    private static final int LATENCY_ROWS = 1_000;
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();
    private static final int ROWS = 50_000;
    private static final int ROWS_A_TRANSACTION = 100;
    private static final String PAYLOAD = "{\"orderId\":\"0199\",\"lines\":\"" + "x".repeat(280) + "\"}";

    private RelayProbe() {}

    public static void main(String[] arguments) throws Exception {
        var fixture = new OutboxFixture();
        var settings = fixture.settings();
        if (arguments.length > 0) {
            settings = settings.with(settings.tuning().withCompression(arguments[0]));
        }
        var registry = new SimpleMeterRegistry();
        try (var relay = fixture.relay(settings, registry)) {
            relay.start();
            fixture.insert("first");
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> published(registry) > 0);
            throughput(fixture, registry, relay);
            latency(fixture);
            idle();
        }
        System.exit(0);
    }

    private static void latency(OutboxFixture fixture) throws SQLException {
        var micros = new long[LATENCY_ROWS];
        try (var stopwatch = new Stopwatch(fixture.topic());
                var connection = fixture.connect()) {
            connection.setAutoCommit(true);
            for (int i = 0; i < LATENCY_ROWS + 200; i++) {
                fixture.insert(connection, UUID.randomUUID(), "latency-" + i, PAYLOAD);
                long committed = System.nanoTime();
                long arrived = stopwatch.arrival("latency-" + i);
                if (i >= 200) {
                    micros[i - 200] = (arrived - committed) / 1_000;
                }
                LockSupport.parkNanos(PAUSE_NANOS - (System.nanoTime() - committed));
            }
        }
        Arrays.sort(micros);
        System.out.printf(
                "latency commit -> consumer: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                micros[LATENCY_ROWS / 2] / 1e3, micros[LATENCY_ROWS * 99 / 100] / 1e3, micros[LATENCY_ROWS - 1] / 1e3);
    }

    private static void idle() {
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        long before = relayCpu();
        long start = System.nanoTime();
        LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
        System.out.printf("idle: %.1f %% of a core%n", 100.0 * (relayCpu() - before) / (System.nanoTime() - start));
        printThreads();
    }

    private static void throughput(OutboxFixture fixture, MeterRegistry registry, Relay first) throws Exception {
        for (int round = 1; round <= 3; round++) {
            try (var connection = fixture.connect();
                    var stop = connection.createStatement()) {
                // the log is read only after all has been written
                stop.execute("update lease set expires_at = 'infinity', owner = 'probe', token = token + 1");
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> first.leadingToken() == 0);
                write(fixture);
                long before = relayCpu();
                long begun = System.nanoTime();
                double base = published(registry);
                stop.execute("update lease set expires_at = now()");
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> published(registry) > base);
                long start = System.nanoTime();
                Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> published(registry) >= base + ROWS);
                System.out.printf(
                        "round %d: %d rows, first after %.2f s, then %.0f rows/s, relay %.1f us cpu a row, %.0f rows a batch%n",
                        round,
                        ROWS,
                        (start - begun) / 1e9,
                        ROWS / ((System.nanoTime() - start) / 1e9),
                        (relayCpu() - before) / 1e3 / ROWS,
                        registry.get("relay.published.batch").summary().mean());
                printThreads();
            }
        }
    }

    private static void write(OutboxFixture fixture) throws SQLException {
        try (var connection = fixture.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < ROWS; i += ROWS_A_TRANSACTION) {
                try (var insert = connection.prepareStatement("""
                        insert into outbox (aggregatetype, aggregateid, type, payload, name, send, hlc)
                        select ?, gen_random_uuid(), 'payment.charge.v1', ?, 'load', 1, 1 from generate_series(1, ?)
                        """)) {
                    insert.setString(1, fixture.topic());
                    insert.setString(2, PAYLOAD);
                    insert.setInt(3, ROWS_A_TRANSACTION);
                    insert.executeUpdate();
                }
                connection.commit();
            }
        }
    }

    private static double published(MeterRegistry registry) {
        return registry.get("relay.published.rows").counter().count();
    }

    private static void printThreads() {
        if (!Boolean.getBoolean("threads")) {
            return;
        }
        var threads = ManagementFactory.getThreadMXBean();
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && isRelays(info.getThreadName())) {
                System.out.printf("   %8.1f ms %s%n", threads.getThreadCpuTime(id) / 1e6, info.getThreadName());
            }
        }
    }

    private static long relayCpu() {
        var threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && isRelays(info.getThreadName())) {
                sum += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return sum;
    }

    private static boolean isRelays(String thread) {
        return thread.startsWith("relay-")
                || thread.startsWith("lease-")
                || thread.startsWith("debezium-")
                || thread.startsWith("pool-")
                || thread.startsWith("kafka-producer-network-thread");
    }
}
