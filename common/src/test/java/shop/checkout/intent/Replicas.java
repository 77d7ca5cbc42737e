package shop.checkout.intent;

import com.fasterxml.uuid.Generators;
import com.zaxxer.hikari.HikariDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.inbox.Inbox;
import shop.checkout.inbox.InboxEntry;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;
import shop.checkout.outbox.Outbox;
import shop.checkout.servers.TestServers;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;

/** Any number of runners on one real database. */
final class Replicas implements AutoCloseable {

    private static final Codec CODEC = Codec.ofCatalogue();

    private final HikariDataSource database = new HikariDataSource();
    private final List<IntentRunner<?, ?>> runners = new ArrayList<>();
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Inbox inbox;
    private final RemoteEffects effects;
    private final MeterRegistry meters = new SimpleMeterRegistry();

    Replicas() {
        this(Traces.off(new Random(1)));
    }

    Replicas(Traces traces) {
        var postgres = TestServers.shared().postgres();
        database.setJdbcUrl(TestServers.shared().freshDatabase());
        database.setUsername(postgres.username());
        database.setPassword(postgres.password());
        database.setAutoCommit(false);
        Flyway.configure().dataSource(database).load().migrate();
        jdbc = new JdbcTemplate(database);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        inbox = new Inbox(jdbc, CODEC);
        var outbox = new Outbox(jdbc, CODEC, new HybridClock(Clock.systemUTC()), traces);
        effects = new RemoteEffects(
                transaction,
                jdbc,
                inbox,
                outbox,
                () -> ThreadLocalRandom.current().nextLong(),
                meters,
                traces);
    }

    static IntentSettings settings(int concurrentCalls, Duration claim) {
        return new IntentSettings(concurrentCalls, claim, Duration.ofMillis(1), Duration.ofMillis(5), 100);
    }

    static List<MessageKey> commands(int count) {
        return Stream.generate(() -> new MessageKey(
                        new SagaId(Generators.timeBasedEpochRandomGenerator().generate()), "charge-payment"))
                .limit(count)
                .toList();
    }

    IntentRunner<?, String> runner(Calls calls, CircuitBreaker breaker, IntentSettings settings) {
        var runner = effects.run(calls, breaker, settings);
        runner.start();
        runners.add(runner);
        return runner;
    }

    /** One for effects of several kinds. */
    IntentRunner<?, ?> runner(List<RemoteEffect<?, ?>> kinds, CircuitBreaker breaker, IntentSettings settings) {
        var runner = effects.run(kinds, breaker, settings);
        runner.start();
        runners.add(runner);
        return runner;
    }

    /** As a listener does: what was received and what is to be called, in one transaction. */
    void receive(IntentRecorder recorder, List<MessageKey> commands) {
        inTransaction(() -> {
            inbox.insert(commands.stream().map(Replicas::entry).toList());
            recorder.record(commands);
        });
    }

    /** The same, as part of a trace. */
    void receive(IntentRecorder recorder, MessageKey command, TraceParent traceParent) {
        inTransaction(() -> {
            remember(command, traceParent);
            recorder.record(List.of(command));
        });
    }

    /** Within a transaction: the command was received. */
    void remember(MessageKey received) {
        inbox.insert(List.of(entry(received)));
    }

    /** The same, as part of a trace. */
    void remember(MessageKey received, TraceParent traceParent) {
        inbox.insert(List.of(entry(received).traced(Optional.of(traceParent))));
    }

    private static InboxEntry entry(MessageKey command) {
        return InboxEntry.first(command, Optional.of("checkout.replies"), 1, Optional.empty());
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    void inTransaction(Runnable work) {
        transaction.executeWithoutResult(_ -> work.run());
    }

    /** What operators see. */
    double shown(String gauge) {
        return meters.get(gauge).gauge().value();
    }

    /** How many calls were held back, by breaker or bulkhead. */
    double held(String by) {
        return meters.get("checkout.calls.held").tag("by", by).counter().count();
    }

    List<String> open() {
        return read("select name || ' ' || attempts from intent");
    }

    /** Why intents had to wait. */
    List<String> troubles() {
        return read("select last_error from intent where last_error is not null");
    }

    int due() {
        return read("select name from intent where due_at <= now()").size();
    }

    int replies() {
        return read("select name from outbox where type = 'saga.undone.v1'").size();
    }

    private List<String> read(String sql) {
        return java.util.Objects.requireNonNull(
                transaction.execute(_ -> jdbc.query(sql, (row, _) -> row.getString(1))));
    }

    @Override
    public void close() {
        runners.forEach(IntentRunner::close);
        database.close();
    }
}
